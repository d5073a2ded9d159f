// The operations on one resource of a connection: its configuration, schema, example and custom fields.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

// The answer when connector or resource do not exist; nothing: both do.
Answer refuse_unknown(const Call& call, const vault::Connector* connector) {
  if (connector == nullptr) return unknown_connector(call);
  if (!connector->has_resource(path_parameter(call, "resource"))) return unknown_resource(call);
  return std::nullopt;
}

Response answer_member(const Call& call, std::string_view member, std::string_view when_absent) {
  if (auto refusal = refuse_unknown(call, find_connector(call))) return *refusal;
  const auto& value = call.settings.connectors().resource(path_parameter(call, "resource"), member);
  return success(200, value.is_null() ? std::string(when_absent) : text::dump(value));
}

std::string configuration(const Call& call, const vault::Connector& connector,
                          const vault::Connection* connection) {
  const auto resource = path_parameter(call, "resource");
  return text::dump(ordered_json{
      {"id", connector.id},
      {"resource", resource},
      {"configuration",
       ordered_json::array(
           {{{"resource", resource},
             {"defaults", connection && connection->configuration.contains(resource)
                              ? ordered_json(connection->configuration.at(std::string(resource)))
                              : ordered_json::array()}}})},
      {"form_fields", vault::configuration_of(call.settings.connectors(), connection, resource)}});
}

}  // namespace

Response get_resource_config(Call& call) {
  const auto* connector = find_connector(call);
  if (auto refusal = refuse_unknown(call, connector)) return *refusal;
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    return configuration(call, *connector, consumer ? consumer->find(*connector) : nullptr);
  });
  return success(200, data);
}

// Takes {"configuration": [{"resource", "defaults": [{"id", "value"}]}]}, {"defaults": [...]} or {"settings":
// {id: value}}.
Response update_resource_config(Call& call) {
  const auto* connector = find_connector(call);
  if (auto refusal = refuse_unknown(call, connector)) return *refusal;
  const auto resource = path_parameter(call, "resource");
  const auto body = call.json() ? *call.json() : nlohmann::json::object();
  auto fields = body.value("defaults", nlohmann::json::array());
  for (const auto& entry : body.value("configuration", nlohmann::json::array()))
    if (entry.value("resource", std::string(resource)) == resource)
      for (const auto& field : entry.value("defaults", nlohmann::json::array())) fields.push_back(field);
  const auto settings = body.value("settings", nlohmann::json::object());
  for (const auto& [id, value] : settings.items()) fields.push_back({{"id", id}, {"value", value}});
  std::string data;
  const auto changed = change_connection(call, [&](const vault::Connector&, vault::Connection& connection) {
    vault::update_configuration(connection, resource, fields);
    data = configuration(call, *connector, &connection);
  });
  return changed.status == 200 ? success(200, data) : changed;
}

Response get_resource_schema(Call& call) { return answer_member(call, "schema", "{}"); }

Response get_resource_example(Call& call) {
  if (auto refusal = refuse_unknown(call, find_connector(call))) return *refusal;
  const auto resource = path_parameter(call, "resource");
  const auto& example = call.settings.connectors().resource(resource, "example");
  return success(200, text::dump(ordered_json{{"unified_api", path_parameter(call, "unified_api")},
                                              {"resource", resource},
                                              {"example_response", example}}));
}

Response get_custom_fields(Call& call) { return answer_member(call, "custom_fields", "[]"); }

}  // namespace vault_mock::engine
