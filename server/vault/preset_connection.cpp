#include "vault/preset_connection.hpp"

#include <algorithm>

namespace vault_mock::vault {
namespace {

using nlohmann::json;

// What the field of a form may have: its first option, or something of its type.
json sample_of(const json& field) {
  if (const auto options = field.find("options"); options != field.end() && options->is_array())
    for (const auto& option : *options)
      if (const auto value = option.find("value"); value != option.end()) return *value;
  const auto type = field.value("type", "text");
  if (type == "number") return 1;
  if (type == "checkbox" || type == "toggle") return true;
  if (type == "email") return "mock@example.com";
  if (type == "url") return "https://example.com";
  if (type == "date") return "2027-01-01";
  if (type == "datetime") return "2027-01-01T00:00:00Z";
  return "mock";
}

}  // namespace

std::optional<Connection> preset_connection(const Connector& connector, Connection connection,
                                            ConnectionState state) {
  const bool lacks_settings =
      state == ConnectionState::authorized || (state == ConnectionState::added && !connector.is_oauth());
  connection.enabled = true;
  set_authorized(connection, connector.is_oauth() && state != ConnectionState::added);
  connection.invalid = state == ConnectionState::invalid;
  const auto missing = missing_settings(connector, connection);
  for (const auto& field : connector.form_fields) {
    if (field.value("required", json()) != true) continue;
    const auto id = field.at("id").get<std::string>();
    if (lacks_settings) connection.settings.erase(id);
    if (state == ConnectionState::callable && std::ranges::find(missing, id) != missing.end())
      connection.settings[id] = sample_of(field);
  }
  if (state_of(connector, &connection) != state) return std::nullopt;
  return connection;
}

std::vector<ConnectionState> states_of(const Connector& connector) {
  std::vector<ConnectionState> states = {ConnectionState::available};
  for (const auto state : {ConnectionState::added, ConnectionState::authorized, ConnectionState::callable,
                           ConnectionState::invalid})
    if (preset_connection(connector, {}, state)) states.push_back(state);
  return states;
}

}  // namespace vault_mock::vault
