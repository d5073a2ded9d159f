#include "vault/connection.hpp"

#include <unordered_map>

#include "text/json/json_size.hpp"
#include "vault/form_fields.hpp"
#include "vault/health.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

bool is_blank(const json& value) { return value.is_null() || value == ""; }

void merge(json& into, const json& changes) {
  for (const auto& [key, value] : changes.items())
    if (value.is_null())
      into.erase(key);
    else
      into[key] = value;
}

// Of a list of objects: where each id stands.
template <typename Json>
std::unordered_map<std::string, std::size_t> places_of(const Json& list) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (const auto id = list[i].find("id"); id != list[i].end() && id->is_string())
      places.try_emplace(id->template get<std::string>(), i);
  return places;
}

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

}  // namespace

std::string_view to_string(ConnectionState state) {
  switch (state) {
    case ConnectionState::available:
      return "available";
    case ConnectionState::added:
      return "added";
    case ConnectionState::authorized:
      return "authorized";
    case ConnectionState::callable:
      return "callable";
    case ConnectionState::invalid:
      return "invalid";
  }
  return "";
}

std::vector<std::string> missing_settings(const Connector& connector, const Connection& connection) {
  std::vector<std::string> missing;
  for (const auto& field : connector.form_fields) {
    if (field.value("required", json()) != true) continue;
    const auto id = field.at("id").get<std::string>();
    if (!connection.settings.contains(id) || is_blank(connection.settings.at(id))) missing.push_back(id);
  }
  return missing;
}

ConnectionState state_of(const Connector& connector, const Connection* connection) {
  if (connection == nullptr) return ConnectionState::available;
  if (connection->invalid) return ConnectionState::invalid;
  if (connector.is_oauth() && !connection->authorized) return ConnectionState::added;
  if (is_pending_confirmation(*connection)) return ConnectionState::authorized;
  if (missing_settings(connector, *connection).empty()) return ConnectionState::callable;
  return connector.is_oauth() ? ConnectionState::authorized : ConnectionState::added;
}

bool is_pending_confirmation(const Connection& connection) {
  return connection.authorized && connection.confirmation && !connection.confirmation->used;
}

void set_authorized(Connection& connection, bool authorized) {
  connection.authorized = authorized;
  connection.invalid = connection.revoked = false;
  connection.confirmation.reset();
}

void revoke(Connection& connection) {
  set_authorized(connection, false);
  connection.revoked = true;
}

void update(Connection& connection, const json& body) {
  if (!body.is_object()) return;
  if (const auto enabled = body.find("enabled"); enabled != body.end() && enabled->is_boolean())
    connection.enabled = enabled->get<bool>();
  if (const auto settings = body.find("settings"); settings != body.end() && settings->is_object())
    merge(connection.settings, *settings);
  if (const auto metadata = body.find("metadata"); metadata != body.end() && metadata->is_object())
    merge(connection.metadata, *metadata);
  if (const auto configuration = body.find("configuration");
      configuration != body.end() && configuration->is_array())
    for (const auto& entry : *configuration)
      if (entry.is_object() && entry.value("resource", json()).is_string())
        update_configuration(connection, entry.at("resource").get<std::string>(),
                             entry.value("defaults", json::array()));
  if (const auto mappings = body.find("custom_mappings"); mappings != body.end() && mappings->is_array())
    for (const auto& entry : *mappings)
      if (entry.is_object() && entry.value("id", json()).is_string() &&
          entry.value("value", json()).is_string())
        connection.custom_mappings[entry.at("id").get<std::string>()] = entry.at("value").get<std::string>();
}

void update_configuration(Connection& connection, std::string_view resource, const json& fields) {
  auto& stored = connection.configuration[std::string(resource)];
  if (!stored.is_array()) stored = json::array();
  if (!fields.is_array()) return;
  auto places = places_of(stored);
  for (const auto& field : fields) {
    if (!field.is_object() || !field.value("id", json()).is_string() || !field.contains("value") ||
        !is_field_value(field.at("value")))
      continue;
    const auto& id = field.at("id").get_ref<const std::string&>();
    if (const auto [place, is_new] = places.try_emplace(id, stored.size()); is_new)
      stored.push_back({{"id", id}, {"value", field.at("value")}});
    else
      stored[place->second]["value"] = field.at("value");
  }
}

void add_consent(Connection& connection, json consent) {
  constexpr std::size_t kMost = 1'000;
  auto& consents = connection.consents;
  consents.insert(consents.begin(), std::move(consent));
  if (consents.size() > kMost) consents.erase(std::prev(consents.end()));
}

std::size_t bytes_of(const Connection& connection) {
  std::size_t bytes = sizeof connection + text::bytes_of(connection.settings) +
                      text::bytes_of(connection.metadata) + text::bytes_of(connection.configuration) +
                      text::bytes_of(connection.consents) +
                      (connection.confirmation ? connection.confirmation->token.size() : 0);
  constexpr std::size_t kNode = 48;
  for (const auto& [id, path] : connection.custom_mappings)
    bytes += kNode + 2 * sizeof id + id.size() + path.size();
  return bytes;
}

ordered_json to_json(const Connector& connector, const Connection* connection, const Links& links,
                     Millis since) {
  const auto milliseconds = [](Millis at) { return at.time_since_epoch().count(); };
  ordered_json result = {{"id", connector.id},
                         {"service_id", connector.service_id},
                         {"name", connector.name},
                         {"tag_line", connector.tag_line},
                         {"unified_api", connector.unified_api},
                         {"state", to_string(state_of(connector, connection))},
                         {"integration_state", connector.integration_state},
                         {"auth_type", connector.auth_type}};
  if (connector.is_oauth()) result["oauth_grant_type"] = connector.oauth_grant_type;
  result["status"] = "live";
  result["enabled"] = connection != nullptr && connection->enabled;
  result["website"] = connector.website;
  result["icon"] = connector.icon;
  result["logo"] = connector.icon;
  result["authorize_url"] = text_or_null(links.authorize);
  result["revoke_url"] = text_or_null(links.revoke);
  result["settings"] = connection ? ordered_json(connection->settings) : ordered_json::object();
  result["metadata"] = connection ? ordered_json(connection->metadata) : ordered_json::object();
  result["form_fields"] = connector.form_fields;
  result["configuration"] = ordered_json::array();
  if (connection != nullptr)
    for (const auto& [resource, fields] : connection->configuration.items())
      result["configuration"].push_back({{"resource", resource}, {"defaults", fields}});
  result["configurable_resources"] = connector.configurable_resources;
  result["resource_schema_support"] = connector.described_resources;
  result["resource_settings_support"] = connector.configurable_resources;
  result["validation_support"] = true;
  result["schema_support"] = !connector.described_resources.empty();
  result["settings_required_for_authorization"] = ordered_json::array();
  result["subscriptions"] = ordered_json::array();
  result["has_guide"] = connector.has_guide;
  result["custom_mappings"] = custom_mappings_of(connector, connection);
  result["consent_state"] = "implicit";
  result["consents"] = ordered_json::array();
  if (connection != nullptr && !connection->consents.empty()) {
    result["consent_state"] = connection->consents.front().at("granted") == true ? "granted" : "denied";
    result["consents"] = connection->consents;
    result["latest_consent"] = connection->consents.front();
  }
  result["application_data_scopes"] = {{"enabled", false}};
  result["health"] = to_string(health_of(connector, connection));
  for (const char* never : {"credentials_expire_at", "last_refresh_failed_at", "last_downstream_error_at"})
    result[never] = 0;
  result["created_at"] = milliseconds(connection ? connection->created_at : since);
  result["updated_at"] = connection ? ordered_json(milliseconds(connection->updated_at)) : ordered_json();
  return result;
}

ordered_json custom_mapping(const json& target_field, const Connection* connection) {
  ordered_json result = target_field;
  if (connection == nullptr) return result;
  const auto value = connection->custom_mappings.find(target_field.at("id").get<std::string>());
  if (value != connection->custom_mappings.end()) result["value"] = value->second;
  return result;
}

ordered_json custom_mappings_of(const Connector& connector, const Connection* connection,
                                std::string_view resource) {
  const auto prefix = resource.empty() ? "" : connector.unified_api + "+" + std::string(resource) + "+";
  auto result = ordered_json::array();
  for (const auto& field : connector.custom_mappings)
    if (field.at("id").get_ref<const std::string&>().starts_with(prefix))
      result.push_back(custom_mapping(field, connection));
  return result;
}

ordered_json configuration_of(const Catalogue& catalogue, const Connection* connection,
                              std::string_view resource) {
  const auto& declared = catalogue.resource(resource, "config");
  ordered_json fields = declared.is_array() ? ordered_json(declared) : ordered_json::array();
  if (connection == nullptr || !connection->configuration.contains(std::string(resource))) return fields;
  auto places = places_of(fields);
  for (const auto& stored : connection->configuration.at(std::string(resource))) {
    if (const auto [place, is_new] = places.try_emplace(stored.at("id").get<std::string>(), fields.size());
        is_new)
      fields.push_back(ordered_json(stored));
    else
      fields[place->second]["value"] = stored.at("value");
  }
  return fields;
}

}  // namespace vault_mock::vault
