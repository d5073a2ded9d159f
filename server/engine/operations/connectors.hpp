// What the operations on connections and consumers have in common: the connector that a request names, the
// consumer who asks, and their errors. Internal to engine/.
#pragma once

#include "engine/checked_request.hpp"
#include "text/timestamp.hpp"
#include "vault/consumers.hpp"

namespace vault_mock::engine {

// The connector that the path names; null: there is none.
const vault::Connector* find_connector(const CheckedRequest& request);
Response unknown_connector(const CheckedRequest& request);
// What was asked for is OAuth's alone, or takes a browser, and the connector has another way to authenticate.
Response without_oauth(const vault::Connector& connector);
std::string words_without_browser(const vault::Connector& connector);
Response unknown_resource(const CheckedRequest& request);
Response unknown_connection(const vault::Connector& connector);
// The change would need more memory than the mock was given.
Response no_room();
Response metadata_too_long();

// The `state` of a link with which a browser authorizes or revokes the caller's connection (oauth_state.hpp).
std::string callback_state(const CheckedRequest& request, const vault::Connector& connector,
                           std::string_view redirect_uri = {});
// Signed here; empty where no browser authorizes.
vault::Links links_of(const CheckedRequest& request, const vault::Connector& connector);
// The vendor's Connection, with those links. `consumer` null: not known yet;
// `connection` null: not set up yet.
nlohmann::ordered_json connection_json(const CheckedRequest& request, const vault::Connector& connector,
                                       const vault::Consumer* consumer, const vault::Connection* connection);
// The same with links from before: for a list, of which all are signed before the consumers are locked.
nlohmann::ordered_json connection_json(const CheckedRequest& request, const vault::Connector& connector,
                                       const vault::Consumer* consumer, const vault::Connection* connection,
                                       const vault::Links& links);

// The consumer who asks. The first makes it when there is none; the second returns null.
vault::Consumer& caller(const CheckedRequest& request, vault::Consumers& consumers);
vault::Consumer* known_caller(const CheckedRequest& request, vault::Consumers& consumers);

// Changes the connection that the path names, which is made when there is none, and answers with the result.
// `action` gets a copy to change, which is stored as a whole or not at all.
template <typename Action>
Response change_connection(const CheckedRequest& request, Action action) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) -> std::string {
    auto& consumer = caller(request, consumers);
    const auto* kept =
        consumers.change(consumer, *connector, request.now(),
                         [&](vault::Connection& connection) { action(*connector, connection); });
    return kept ? text::dump(connection_json(request, *connector, &consumer, kept)) : "";
  });
  return data.empty() ? no_room() : request.success(data);
}

}  // namespace vault_mock::engine
