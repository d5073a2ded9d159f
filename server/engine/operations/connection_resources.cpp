// The operations on one resource of a connection: its configuration, schema, example and custom fields.
#include <algorithm>

#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "text/ascii.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

// The answer when connector or resource do not exist; nothing: both do.
StepResult refuse_unknown(const CheckedRequest& request, const vault::Connector* connector) {
  if (connector == nullptr) return unknown_connector(request);
  if (!connector->has_resource(request.path_parameter("resource"))) return unknown_resource(request);
  return std::nullopt;
}

Response answer_member(const CheckedRequest& request, std::string_view member, std::string_view when_absent) {
  if (auto refusal = refuse_unknown(request, find_connector(request))) return *refusal;
  const auto& value = request.connectors().resource(request.path_parameter("resource"), member);
  return request.success(value.is_null() ? std::string(when_absent) : text::dump(value));
}

// The connection with the form fields of the resource in place of its own,
// and the resource's configuration alone.
std::string configuration(const CheckedRequest& request, const vault::Connector& connector,
                          const vault::Consumer* consumer, const vault::Connection* connection) {
  const std::string resource(request.path_parameter("resource"));
  auto result = connection_json(request, connector, consumer, connection);
  const bool is_set = connection != nullptr && connection->configuration.contains(resource);
  result["resource"] = resource;
  result["configuration"] =
      ordered_json::array({{{"resource", resource},
                            {"defaults", is_set ? ordered_json(connection->configuration.at(resource))
                                                : ordered_json::array()}}});
  result["form_fields"] = vault::configuration_of(request.connectors(), connection, resource);
  return text::dump(result);
}

// "time-off-requests" is "Time off requests".
std::string name_of(std::string_view resource) {
  std::string name(resource);
  std::ranges::replace(name, '-', ' ');
  if (!name.empty()) name.front() = text::upper(name.front());
  return name;
}

}  // namespace

Response get_resource_config(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (auto refusal = refuse_unknown(request, connector)) return *refusal;
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    return configuration(request, *connector, consumer, consumer ? consumer->find(*connector) : nullptr);
  });
  return request.success(data);
}

// Takes {"configuration": [{"resource", "defaults": [{"id", "value"}]}]}, as documented,
// and {"settings": {id: value}}.
Response update_resource_config(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (auto refusal = refuse_unknown(request, connector)) return *refusal;
  const auto resource = request.path_parameter("resource");
  const auto& body = request.body();
  auto fields = nlohmann::json::array();
  for (const auto& entry : body.value("configuration", nlohmann::json::array()))
    if (entry.value("resource", std::string(resource)) == resource)
      for (const auto& field : entry.value("defaults", nlohmann::json::array())) fields.push_back(field);
  if (const auto settings = body.find("settings"); settings != body.end() && settings->is_object())
    for (const auto& [id, value] : settings->items()) fields.push_back({{"id", id}, {"value", value}});
  auto changed = change_connection(request, [&](const vault::Connector&, vault::Connection& connection) {
    vault::update_configuration(connection, resource, fields);
  });
  return changed.status < 300 ? get_resource_config(request) : changed;
}

Response get_resource_schema(const CheckedRequest& request) { return answer_member(request, "schema", "{}"); }

Response get_resource_example(const CheckedRequest& request) {
  if (auto refusal = refuse_unknown(request, find_connector(request))) return *refusal;
  const auto resource = request.path_parameter("resource");
  const auto& example = request.connectors().resource(resource, "example");
  return request.success(text::dump(ordered_json{
      {"unified_api", request.path_parameter("unified_api")},
      {"service_id", request.path_parameter("service_id")},
      {"resource",
       {{"id", resource},
        {"name", name_of(resource)},
        {"status", "live"},
        {"downstream_id", resource},
        {"downstream_name", name_of(resource)}}},
      {"example_response", example.is_null() ? ordered_json::object() : ordered_json(example)}}));
}

Response get_custom_fields(const CheckedRequest& request) {
  return answer_member(request, "custom_fields", "[]");
}

}  // namespace vault_mock::engine
