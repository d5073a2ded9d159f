// The consumers of a space, and their connections: to look at, and to set up without going the way that a
// user goes.
#include <algorithm>

#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"
#include "vault/preset_connection.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kNameShown = std::size_t{8} << 10;

std::string consumer_json(const vault::Consumer& consumer) {
  std::string result;
  text::ObjectWriter(result)
      .string_within("consumer_id", consumer.id, kNameShown)
      .string_within("application_id", consumer.application_id, kNameShown)
      .number("connections", static_cast<std::int64_t>(consumer.connections.size()))
      .end();
  return result;
}

// The consumer that the query names. Without an application it is the oldest of that id. Null: not known.
vault::Consumer* find_consumer(const AdminCall& call, vault::Consumers& consumers) {
  const auto id = call.query("consumer_id").value_or("");
  if (const auto application = call.query("application_id")) return consumers.find(*application, id);
  const auto& all = consumers.oldest_first();
  const auto found = std::ranges::find(all, id, &vault::Consumer::id);
  return found == all.end() ? nullptr : consumers.find(found->application_id, id);
}

ordered_json connection_json(const vault::Connector& connector, const vault::Connection* connection) {
  auto states = ordered_json::array();
  for (const auto state : vault::states_of(connector)) states.push_back(to_string(state));
  return {{"id", connector.id},
          {"unified_api", connector.unified_api},
          {"service_id", connector.service_id},
          {"name", connector.name},
          {"icon", connector.icon},
          {"auth_type", connector.auth_type},
          {"state", to_string(vault::state_of(connector, connection))},
          {"enabled", connection != nullptr && connection->enabled},
          {"states", std::move(states)}};
}

net::Answer cannot_be(const vault::Connector& connector, const std::string& wanted) {
  std::string words;
  for (const auto state : vault::states_of(connector))
    words.append(words.empty() ? "" : ", ").append(to_string(state));
  return admin_error(422,
                     "A connection to '" + connector.id + "' is never '" + wanted + "'; it can be " + words);
}

}  // namespace

// Newest first. The cursor of a page is the number of newer consumers: those that come meanwhile show twice,
// none is left out.
net::Answer consumers_all(const AdminCall& call) {
  const auto cursor = read_cursor(call);
  if (!cursor) return cursor.error();
  const auto limit = call.number("limit").value_or(kUsualLimit);
  Listing page("consumers");
  const auto next = call.space->use_consumers([&](vault::Consumers& consumers) -> std::string {
    const auto& all = consumers.oldest_first();
    auto at = std::min<std::size_t>(cursor->value_or(0), all.size());
    auto consumer = std::next(all.rbegin(), static_cast<std::ptrdiff_t>(at));
    for (const auto end = at + limit; consumer != all.rend() && at < end && page.has_room(); ++consumer, ++at)
      page.add(consumer_json(*consumer));
    return consumer == all.rend() ? "" : std::to_string(at);
  });
  return std::move(page).finish(next);
}

net::Answer connections_all(const AdminCall& call) {
  auto list = ordered_json::array();
  call.space->use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = find_consumer(call, consumers);
    for (const auto& connector : call.engine.connectors().connectors())
      list.push_back(connection_json(connector, consumer ? consumer->find(connector) : nullptr));
  });
  return admin_json(200, {{"connections", list}});
}

// A consumer that is not known is made, which takes an application.
net::Answer connections_set(const AdminCall& call) {
  const auto& api = call.path_parameters.at(0).second;
  const auto& service = call.path_parameters.at(1).second;
  const auto* connector = call.engine.connectors().find(api, service);
  if (connector == nullptr)
    return admin_error(
        404, "There is no connector '" + api + "/" + service + "': GET /_mock/connections lists them");
  const auto wanted = call.body.at("state").get<std::string>();
  const auto states = vault::states_of(*connector);
  const auto state = std::ranges::find(states, wanted, [](auto one) { return std::string(to_string(one)); });
  if (state == states.end()) return cannot_be(*connector, wanted);

  const auto now = call.space->now(call.wall);
  return call.space->use_consumers([&](vault::Consumers& consumers) {
    auto* consumer = find_consumer(call, consumers);
    if (consumer == nullptr) {
      const auto application = call.query("application_id");
      if (!application || application->empty())
        return admin_error(400,
                           "This consumer is not known yet: name its application in 'application_id', too");
      consumer = &consumers.upsert(*application, call.query("consumer_id").value_or(""), now);
    }
    if (*state == vault::ConnectionState::available) {
      consumers.drop(*consumer, *connector);
      return admin_json(200, connection_json(*connector, nullptr));
    }
    auto connection = vault::preset_connection(*connector, consumer->copy_or_new(*connector, now), *state);
    if (!connection) return cannot_be(*connector, wanted);
    connection->updated_at = now;
    const auto* kept = consumers.keep(*consumer, *connector, std::move(*connection));
    if (kept == nullptr)
      return admin_error(
          413,
          "There is no room for this connection: reset or delete spaces, or start the mock with a "
          "larger --space-memory");
    return admin_json(200, connection_json(*connector, kept));
  });
}

}  // namespace vault_mock::site
