// The operations on custom mappings: which property of the connector fills a target field of the app's. The
// catalogue says which target fields there are, each connection what they are mapped to.
#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"

namespace vault_mock::engine {
namespace {

// The target field that the path names; null: the connector has none of that id.
const nlohmann::json* find_target_field(const CheckedRequest& request, const vault::Connector& connector) {
  for (const auto* fields : {&connector.custom_mappings, &connector.unlisted_mappings})
    for (const auto& field : *fields)
      if (field.at("id") == request.path_parameter("target_field_id")) return &field;
  return nullptr;
}

Response unknown_mapping(const CheckedRequest& request) {
  return not_found("Unknown Custom Mapping", "Could not find custom mapping with id: '" +
                                                 std::string(request.path_parameter("target_field_id")) +
                                                 "'");
}

Response list(const CheckedRequest& request, std::string_view resource) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    return text::dump(
        vault::custom_mappings_of(*connector, consumer ? consumer->find(*connector) : nullptr, resource));
  });
  return request.success(data);
}

// Does `use` with the target field and a copy of the caller's connection, which both must be there. The copy
// takes the connection's place when the answer is a success.
template <typename Use>
Response with_mapping(const CheckedRequest& request, Use use) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto* field = find_target_field(request, *connector);
  if (field == nullptr) return unknown_mapping(request);
  return request.space().use_consumers([&](vault::Consumers& consumers) -> Response {
    auto* consumer = known_caller(request, consumers);
    if (consumer == nullptr || consumer->find(*connector) == nullptr) return unknown_connection(*connector);
    auto changed = consumer->copy_or_new(*connector, request.now());
    auto response = use(*field, changed);
    if (response.status >= 300) return response;
    changed.updated_at = request.now();
    return consumers.keep(*consumer, *connector, std::move(changed)) ? response : no_room();
  });
}

}  // namespace

Response list_custom_mappings(const CheckedRequest& request) { return list(request, {}); }

Response list_resource_custom_mappings(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  const auto resource = request.path_parameter("resource");
  if (connector != nullptr && !connector->has_resource(resource)) return unknown_resource(request);
  return list(request, resource);
}

Response get_custom_mapping(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto* field = find_target_field(request, *connector);
  if (field == nullptr) return unknown_mapping(request);
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    return text::dump(vault::custom_mapping(*field, consumer ? consumer->find(*connector) : nullptr));
  });
  return request.success(data);
}

// Create and update alike: the contract requires the value. Inferred: either works whether there is one yet.
Response set_custom_mapping(const CheckedRequest& request) {
  return with_mapping(request, [&](const nlohmann::json& field, vault::Connection& connection) {
    connection.custom_mappings[field.at("id").get<std::string>()] =
        request.body().at("value").get<std::string>();
    return request.success(text::dump(vault::custom_mapping(field, &connection)));
  });
}

Response delete_custom_mapping(const CheckedRequest& request) {
  return with_mapping(request, [&](const nlohmann::json& field, vault::Connection& connection) {
    if (connection.custom_mappings.erase(field.at("id").get<std::string>()) == 0)
      return unknown_mapping(request);
    return Response{.status = 204, .headers = {}, .body = ""};
  });
}

}  // namespace vault_mock::engine
