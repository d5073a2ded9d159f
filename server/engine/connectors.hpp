// What the operations on connections and consumers share: who asks, and for which connector. Internal to
// engine/.
#pragma once

#include <utility>

#include "engine/call.hpp"
#include "text/timestamp.hpp"
#include "vault/consumers.hpp"

namespace vault_mock::engine {

// A "{…}" of the operation's path; empty: it has none of that name.
std::string_view path_parameter(const Call& call, std::string_view name);

// The connector that the path names; null: there is none.
const vault::Connector* find_connector(const Call& call);
Response unknown_connector(const Call& call);

// Where a browser goes to authorise or revoke the caller's connection: signed, so that the link needs no
// session.
vault::Links links_of(const Call& call, const vault::Connector& connector);

// Runs `use` on the space's consumers, which nobody else touches meanwhile.
template <typename Use>
decltype(auto) use_consumers(Call& call, Use&& use) {
  return call.space.use_consumers(std::forward<Use>(use));
}

// The consumer who asks: made when it is not there, or null.
vault::Consumer& caller(const Call& call, vault::Consumers& consumers);
vault::Consumer* known_caller(const Call& call, vault::Consumers& consumers);

}  // namespace vault_mock::engine
