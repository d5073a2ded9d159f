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
Response unknown_resource(const Call& call);
Response unknown_connection(const vault::Connector& connector);
// What a change would need is more than the mock keeps.
Response no_room();
Response metadata_too_long();

// Where a browser goes to authorise or revoke the caller's connection: signed, so that the link needs no
// session. Its claims: consumer, application and connector, and the redirect_uri if there is one.
std::string callback_state(const Call& call, const vault::Connector& connector,
                           std::string_view redirect_uri = {});
vault::Links links_of(const Call& call, const vault::Connector& connector);

// Runs `use` on the space's consumers, which nobody else touches meanwhile.
template <typename Use>
decltype(auto) use_consumers(Call& call, Use&& use) {
  return call.space.use_consumers(std::forward<Use>(use));
}

// The consumer who asks: made when it is not there, or null.
vault::Consumer& caller(const Call& call, vault::Consumers& consumers);
vault::Consumer* known_caller(const Call& call, vault::Consumers& consumers);

// Does `action` to the connection that the path names, which is made when it is not there, and answers with
// what it then is. Done whole or not at all: the action changes a copy.
template <typename Action>
Response change_connection(Call& call, Action action) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) -> std::string {
    auto& consumer = caller(call, consumers);
    auto changed = consumer.copy_or_new(*connector, call.now);
    action(*connector, changed);
    changed.updated_at = call.now;
    const auto* kept = consumers.keep(consumer, *connector, std::move(changed));
    return kept ? text::dump(vault::to_json(*connector, kept, links_of(call, *connector))) : "";
  });
  return data.empty() ? no_room() : success(200, data);
}

}  // namespace vault_mock::engine
