// The operations on custom mappings: which property of the connector fills a target field of the app's. The
// catalogue says which target fields there are, each connection what they are mapped to.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;

// The target field that the path names; null: the connector has none of that id.
const nlohmann::json* find_target_field(const Call& call, const vault::Connector& connector) {
  for (const auto& field : connector.custom_mappings)
    if (field.at("id") == path_parameter(call, "target_field_id")) return &field;
  return nullptr;
}

Response unknown_mapping(const Call& call) {
  auto body = contract::error_body(contract::row_of(ErrorType::entity_not_found),
                                   "Could not find custom mapping with id: '" +
                                       std::string(path_parameter(call, "target_field_id")) + "'");
  body["message"] = "Unknown Custom Mapping";
  return json_response(404, text::dump(body));
}

Response list(Call& call, std::string_view resource) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    return text::dump(
        vault::custom_mappings_of(*connector, consumer ? consumer->find(*connector) : nullptr, resource));
  });
  return success(200, data);
}

// Does `use` with the target field and a copy of the caller's connection, which both must be there. The copy
// takes the connection's place when the answer is a success.
template <typename Use>
Response with_mapping(Call& call, Use use) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto* field = find_target_field(call, *connector);
  if (field == nullptr) return unknown_mapping(call);
  return use_consumers(call, [&](vault::Consumers& consumers) -> Response {
    auto* consumer = known_caller(call, consumers);
    if (consumer == nullptr || consumer->find(*connector) == nullptr) return unknown_connection(*connector);
    auto changed = consumer->copy_or_new(*connector, call.now);
    auto response = use(*field, changed);
    if (response.status >= 300) return response;
    changed.updated_at = call.now;
    return consumers.keep(*consumer, *connector, std::move(changed)) ? response : no_room();
  });
}

}  // namespace

Response list_custom_mappings(Call& call) { return list(call, {}); }

Response list_resource_custom_mappings(Call& call) {
  const auto* connector = find_connector(call);
  const auto resource = path_parameter(call, "resource");
  if (connector != nullptr && !connector->has_resource(resource)) return unknown_resource(call);
  return list(call, resource);
}

Response get_custom_mapping(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto* field = find_target_field(call, *connector);
  if (field == nullptr) return unknown_mapping(call);
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    return text::dump(vault::custom_mapping(*field, consumer ? consumer->find(*connector) : nullptr));
  });
  return success(200, data);
}

// Create and update alike: the contract requires the value. Inferred: either works whether there is one yet.
Response set_custom_mapping(Call& call) {
  return with_mapping(call, [&](const nlohmann::json& field, vault::Connection& connection) {
    connection.custom_mappings[field.at("id").get<std::string>()] =
        call.json()->at("value").get<std::string>();
    return success(200, text::dump(vault::custom_mapping(field, &connection)));
  });
}

Response delete_custom_mapping(Call& call) {
  return with_mapping(call, [&](const nlohmann::json& field, vault::Connection& connection) {
    if (connection.custom_mappings.erase(field.at("id").get<std::string>()) == 0)
      return unknown_mapping(call);
    return Response{.status = 204, .headers = {}, .body = ""};
  });
}

}  // namespace vault_mock::engine
