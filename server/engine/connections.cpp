// The operations on connections: what a consumer did with the connectors of the catalogue.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;
using nlohmann::json;
using nlohmann::ordered_json;

bool is_wanted(const vault::Connector& connector, vault::ConnectionState state,
               const std::optional<std::string>& api, const std::optional<std::string>& configured) {
  if (api && !api->empty() && connector.unified_api != *api) return false;
  const bool is_configured = state == vault::ConnectionState::callable;
  return !configured || (*configured == "true") == is_configured;
}

}  // namespace

Response list_connections(Call& call) {
  const auto api = contract::find_query(call.request.query, "api");
  const auto configured = contract::find_query(call.request.query, "configured");
  auto data = ordered_json::array();
  use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    for (const auto& connector : call.settings.connectors().connectors()) {
      const auto* connection = consumer ? consumer->find(connector) : nullptr;
      if (is_wanted(connector, vault::state_of(connector, connection), api, configured))
        data.push_back(vault::to_json(connector, connection, links_of(call, connector)));
    }
  });
  return success(200, text::dump(data));
}

Response get_connection(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    const auto* connection = consumer ? consumer->find(*connector) : nullptr;
    return text::dump(vault::to_json(*connector, connection, links_of(call, *connector)));
  });
  return success(200, data);
}

Response create_connection(Call& call) {
  return change_connection(call, [&](const vault::Connector&, vault::Connection& connection) {
    if (const auto* body = call.json()) vault::update(connection, *body);
  });
}

Response update_connection(Call& call) {
  return change_connection(call, [&](const vault::Connector&, vault::Connection& connection) {
    if (const auto* body = call.json()) vault::update(connection, *body);
  });
}

Response delete_connection(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const bool deleted = use_consumers(call, [&](vault::Consumers& consumers) {
    auto* consumer = known_caller(call, consumers);
    return consumer != nullptr && consumer->connections.erase(connector->id) > 0;
  });
  if (!deleted) return unknown_connection(*connector);
  return {.status = 204, .headers = {}, .body = ""};
}

// Inferred: the grants that need no browser get their token at once, with whatever credentials are there.
Response fetch_token(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  if (!connector->is_oauth())
    return failure(ErrorType::oauth_connector, "The connector '" + connector->service_id +
                                                   "' does not use OAuth, but " + connector->auth_type);
  std::string missing;
  auto response = change_connection(call, [&](const vault::Connector&, vault::Connection& connection) {
    for (const auto& id : vault::missing_settings(*connector, connection))
      missing += (missing.empty() ? "" : ", ") + id;
    connection.authorized = missing.empty();
    connection.invalid = false;
  });
  if (!missing.empty())
    return failure(ErrorType::connection_settings,
                   "These settings are required and have no value: " + missing);
  return response;
}

Response validate_connection(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto state = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    return vault::state_of(*connector, consumer ? consumer->find(*connector) : nullptr);
  });
  return success(200, text::dump(ordered_json{{"id", connector->id}, {"state", vault::to_string(state)}}));
}

// Inferred: the code that the provider's page handed out makes the connection authorised.
Response confirm_connection(Call& call) {
  return change_connection(call, [](const vault::Connector& connector, vault::Connection& connection) {
    connection.authorized = connector.is_oauth();
    connection.invalid = false;
  });
}

Response list_consents(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(call, consumers);
    const auto* connection = consumer ? consumer->find(*connector) : nullptr;
    return connection ? text::dump(connection->consents) : "[]";
  });
  return success(200, data);
}

Response update_consent(Call& call) {
  const auto* connector = find_connector(call);
  if (connector == nullptr) return unknown_connector(call);
  const auto& body = *call.json();  // the contract requires it, with both members
  const json record = {{"id", rules::throw_uuid(call.dice)},
                       {"created_at", text::format_timestamp(call.now)},
                       {"granted", body.at("granted")},
                       {"resources", body.at("resources")}};
  const auto changed = change_connection(call, [&](const vault::Connector&, vault::Connection& connection) {
    vault::add_consent(connection, record);
  });
  return changed.status == 200 ? success(200, text::dump(record)) : changed;
}

}  // namespace vault_mock::engine
