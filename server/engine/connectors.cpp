#include "engine/connectors.hpp"

#include "text/percent.hpp"
#include "text/size.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
std::string_view path_parameter(const Call& call, std::string_view name) {
  if (const auto* found = std::get_if<contract::Found>(&call.lookup))
    for (const auto& [parameter, value] : found->path_parameters)
      if (parameter == name) return value;
  return {};
}

const vault::Connector* find_connector(const Call& call) {
  return call.settings.connectors().find(path_parameter(call, "unified_api"),
                                         path_parameter(call, "service_id"));
}

Response unknown_connector(const Call& call) {
  return failure(contract::ErrorType::connector_not_found,
                 "Could not find connector with id: '" + std::string(path_parameter(call, "unified_api")) +
                     "+" + std::string(path_parameter(call, "service_id")) + "'");
}

Response unknown_resource(const Call& call) {
  return failure(contract::ErrorType::entity_not_found,
                 "Could not find resource with id: '" + std::string(path_parameter(call, "resource")) + "'");
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

std::string callback_state(const Call& call, const vault::Connector& connector,
                           std::string_view redirect_uri) {
  nlohmann::ordered_json state = {{"consumer_id", call.outcome.trace.consumer_id},
                                  {"application_id", call.outcome.trace.app_id},
                                  {"unified_api", connector.unified_api},
                                  {"service_id", connector.service_id},
                                  {"name", connector.name}};
  if (!redirect_uri.empty()) state["redirect_uri"] = redirect_uri;
  return vault::sign_jwt(text::dump(state), call.space.secret());
}

vault::Links links_of(const Call& call, const vault::Connector& connector) {
  const auto rest = "/" + text::percent_encoded(connector.service_id) + "/" +
                    text::percent_encoded(call.outcome.trace.app_id) +
                    "?state=" + callback_state(call, connector);
  const std::string base(call.request.base_url);
  return {.authorize = base + "/vault/authorize" + rest, .revoke = base + "/vault/revoke" + rest};
}

vault::Consumer& caller(const Call& call, vault::Consumers& consumers) {
  const auto& trace = call.outcome.trace;
  auto& consumer = consumers.upsert(trace.app_id, trace.consumer_id, call.now);
  consumer.modified = call.now;
  consumer.count_request(call.now);
  return consumer;
}

vault::Consumer* known_caller(const Call& call, vault::Consumers& consumers) {
  const auto& trace = call.outcome.trace;
  auto* consumer = consumers.find(trace.app_id, trace.consumer_id);
  if (consumer != nullptr) consumer->count_request(call.now);
  return consumer;
}

}  // namespace vault_mock::engine
