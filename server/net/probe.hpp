// Asks a running mock how it is, over HTTP, as any client would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>

#include "net/request/request_head.hpp"

namespace vault_mock::net {

struct Health {
  std::size_t rules = 0;
  std::string trouble;  // why the rule files are not the rules in use; empty when they are
};

// Takes 5 seconds to connect and 5 to be answered at most. `host` is a name or an address, without brackets.
// The error says what came instead. Over HTTPS any certificate will do.
tl::expected<Health, std::string> probe(const std::string& host, std::uint16_t port,
                                        Scheme scheme = Scheme::http);

}  // namespace vault_mock::net
