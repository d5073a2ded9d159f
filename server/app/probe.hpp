// Asks a running mock how it is, over HTTP or HTTPS, as any client would.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

#include "net/client.hpp"

namespace vault_mock::app {

struct Health {
  std::size_t rules = 0;  // in use
  std::string trouble;    // why the rule files as they are now are not in use; empty when they are
  std::string degraded;   // what is the matter with its replicas or their store; empty: nothing is
};

// Blocks for at most 5 seconds to connect and 5 for each read. The error is half a sentence about what is
// there instead: "nothing listens there".
tl::expected<Health, std::string> probe(const net::Origin& origin);

// Why a request got no answer, as half a sentence.
std::string words_of(const net::ClientFailure& failure, net::Scheme scheme);

}  // namespace vault_mock::app
