// The operations on connections: what a consumer did with the connectors of the catalogue.
#include <algorithm>

#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;
using nlohmann::json;
using nlohmann::ordered_json;

// Unknown whether the real list obeys the session's unified_apis. The documentation calls them those that are
// visible, and the vendor's component does not narrow the list itself, so it is narrowed here.
bool is_visible(const json& apis, const vault::Connector& connector) {
  return !apis.is_array() || apis.empty() ||
         std::ranges::find(apis, json(connector.unified_api)) != apis.end();
}

struct Listed {
  const vault::Connector& connector;
  vault::Links links;
};

// The connectors that the list can have, whatever the consumer did with them.
std::vector<Listed> listed_connectors(const CheckedRequest& request) {
  const auto api = request.query("api").value_or("");
  const auto settings = request.claim("settings");
  const auto apis = settings.is_object() ? settings.value("unified_apis", json()) : json();
  std::vector<Listed> listed;
  for (const auto& connector : request.connectors().connectors())
    if (is_visible(apis, connector) && (api.empty() || connector.unified_api == api))
      listed.push_back({connector, links_of(request, connector)});
  return listed;
}

}  // namespace

// Without a consumer, which is optional here alone, nothing is set up.
// Unknown: what the real service lists then.
Response list_connections(const CheckedRequest& request) {
  const auto configured = request.query("configured");
  const auto listed = listed_connectors(request);
  auto data = ordered_json::array();
  request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    for (const auto& [connector, links] : listed) {
      const auto* connection = consumer ? consumer->find(connector) : nullptr;
      const bool is_callable = vault::state_of(connector, connection) == vault::ConnectionState::callable;
      if (!configured || (*configured == "true") == is_callable)
        data.push_back(connection_json(request, connector, consumer, connection, links));
    }
  });
  return request.success(text::dump(data));
}

Response get_connection(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    const auto* connection = consumer ? consumer->find(*connector) : nullptr;
    return text::dump(connection_json(request, *connector, consumer, connection));
  });
  return request.success(data);
}

// Adding is updating: the connection is made when there is none.
Response update_connection(const CheckedRequest& request) {
  return change_connection(request, [&](const vault::Connector&, vault::Connection& connection) {
    vault::update(connection, request.body());
  });
}

Response delete_connection(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const bool deleted = request.space().use_consumers([&](vault::Consumers& consumers) {
    auto* consumer = known_caller(request, consumers);
    return consumer != nullptr && consumer->connections.erase(connector->id) > 0;
  });
  if (!deleted) return unknown_connection(*connector);
  return {.status = 204, .headers = {}, .body = ""};
}

// Inferred: the grants that need no browser get their token at once, with whatever credentials are there. A
// connection that waits for its confirmation goes on waiting.
Response fetch_token(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  if (!connector->is_oauth()) return without_oauth(*connector);
  std::string missing;
  auto response = change_connection(request, [&](const vault::Connector&, vault::Connection& connection) {
    for (const auto& id : vault::missing_settings(*connector, connection))
      missing += (missing.empty() ? "" : ", ") + id;
    if (!vault::is_pending_confirmation(connection)) vault::set_authorized(connection, missing.empty());
  });
  if (!missing.empty())
    return failure(ErrorType::connection_settings,
                   "These settings are required and have no value: " + missing);
  return response;
}

Response validate_connection(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto state = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    return vault::state_of(*connector, consumer ? consumer->find(*connector) : nullptr);
  });
  return request.success(text::dump(ordered_json{{"id", connector->id}, {"state", vault::to_string(state)}}));
}

Response list_consents(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = known_caller(request, consumers);
    const auto* connection = consumer ? consumer->find(*connector) : nullptr;
    return connection ? text::dump(connection->consents) : "[]";
  });
  return request.success(data);
}

Response update_consent(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto& body = request.body();
  const json record = {{"id", rules::throw_uuid(request.dice())},
                       {"created_at", text::format_timestamp(request.now())},
                       {"granted", body.at("granted")},
                       {"resources", body.at("resources")}};
  const auto changed =
      change_connection(request, [&](const vault::Connector&, vault::Connection& connection) {
        vault::add_consent(connection, record);
      });
  return changed.status < 300 ? request.success(text::dump(record)) : changed;
}

}  // namespace vault_mock::engine
