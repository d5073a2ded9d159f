#include "engine/connectors.hpp"

#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

void count(vault::Consumer& consumer, const Call& call) {
  ++consumer.vault_requests[std::chrono::floor<std::chrono::days>(call.now)];
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos)
      result += c;
    else
      result.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return result;
}

}  // namespace

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
  const auto rest = "/" + percent_encoded(connector.service_id) + "/" +
                    percent_encoded(call.outcome.trace.app_id) + "?state=" + callback_state(call, connector);
  const std::string base(call.request.base_url);
  return {.authorize = base + "/vault/authorize" + rest, .revoke = base + "/vault/revoke" + rest};
}

vault::Consumer& caller(const Call& call, vault::Consumers& consumers) {
  const auto& trace = call.outcome.trace;
  auto& consumer = consumers.upsert(trace.app_id, trace.consumer_id, call.now);
  consumer.modified = call.now;
  count(consumer, call);
  return consumer;
}

vault::Consumer* known_caller(const Call& call, vault::Consumers& consumers) {
  const auto& trace = call.outcome.trace;
  auto* consumer = consumers.find(trace.app_id, trace.consumer_id);
  if (consumer != nullptr) count(*consumer, call);
  return consumer;
}

}  // namespace vault_mock::engine
