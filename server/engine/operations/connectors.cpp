#include "engine/operations/connectors.hpp"

#include "engine/operations/oauth_state.hpp"
#include "text/shortened.hpp"
#include "text/size.hpp"
#include "text/url.hpp"

namespace vault_mock::engine {

const vault::Connector* find_connector(const CheckedRequest& request) {
  return request.connectors().find(request.path_parameter("unified_api"),
                                   request.path_parameter("service_id"));
}

Response unknown_connector(const CheckedRequest& request) {
  return failure(contract::ErrorType::connector_not_found,
                 "Could not find connector with id: '" +
                     text::shortened(request.path_parameter("unified_api")) + "+" +
                     text::shortened(request.path_parameter("service_id")) + "'");
}

Response without_oauth(const vault::Connector& connector) {
  return failure(contract::ErrorType::oauth_connector, words_without_browser(connector));
}

std::string words_without_browser(const vault::Connector& connector) {
  if (connector.is_oauth())
    return "The connector '" + connector.service_id + "' is not authorized in a browser, but by the grant " +
           connector.oauth_grant_type;
  return "The connector '" + connector.service_id + "' does not use OAuth, but " + connector.auth_type;
}

Response unknown_resource(const CheckedRequest& request) {
  return failure(
      contract::ErrorType::entity_not_found,
      "Could not find resource with id: '" + text::shortened(request.path_parameter("resource")) + "'");
}

Response unknown_connection(const vault::Connector& connector) {
  return failure(contract::ErrorType::connection_not_found,
                 "There is no connection with id: '" + connector.id + "'");
}

Response no_room() {
  return failure(
      contract::ErrorType::payload_too_large,
      "The connections of this space, with their settings, metadata and configuration, would take more "
      "memory than the mock was given (--space-memory, --memory)");
}

Response metadata_too_long() {
  return failure(contract::ErrorType::payload_too_large,
                 "The metadata of the consumer would take more than " +
                     text::format_size(vault::kMostMetadata) +
                     ", or more memory than the mock was given, together with what is there");
}

std::string callback_state(const CheckedRequest& request, const vault::Connector& connector,
                           std::string_view redirect_uri) {
  auto state = new_state(request, connector);
  state.redirect_uri = redirect_uri;
  return sign_state(request, state);
}

nlohmann::ordered_json connection_json(const CheckedRequest& request, const vault::Connector& connector,
                                       const vault::Consumer* consumer, const vault::Connection* connection) {
  return connection_json(request, connector, consumer, connection, links_of(request, connector));
}

nlohmann::ordered_json connection_json(const CheckedRequest& request, const vault::Connector& connector,
                                       const vault::Consumer* consumer, const vault::Connection* connection,
                                       const vault::Links& links) {
  return vault::to_json(connector, connection, links, consumer ? consumer->created : request.now());
}

vault::Links links_of(const CheckedRequest& request, const vault::Connector& connector) {
  // A list that names no consumer: whose connection would it be?
  if (request.consumer_id().empty() || !connector.is_authorized_by_browser()) return {};
  const auto rest = "/" + text::percent_encoded(connector.service_id) + "/" +
                    text::percent_encoded(request.application_id()) +
                    "?state=" + callback_state(request, connector);
  const std::string base(request.base_url());
  return {.authorize = base + "/vault/authorize" + rest, .revoke = base + "/vault/revoke" + rest};
}

vault::Consumer& caller(const CheckedRequest& request, vault::Consumers& consumers) {
  auto& consumer = consumers.upsert(request.application_id(), request.consumer_id(), request.now());
  consumer.modified = request.now();
  consumer.count_request(request.now());
  return consumer;
}

vault::Consumer* known_caller(const CheckedRequest& request, vault::Consumers& consumers) {
  auto* consumer = consumers.find(request.application_id(), request.consumer_id());
  if (consumer != nullptr) consumer->count_request(request.now());
  return consumer;
}

}  // namespace vault_mock::engine
