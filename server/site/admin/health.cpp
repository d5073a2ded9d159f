#include <algorithm>

#include "site/admin/resources.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

ordered_json time_json(std::optional<spaces::Time> time) {
  return time ? ordered_json(text::format_timestamp(*time)) : ordered_json();
}

// Replicas with other rule files answer otherwise.
bool have_equal_files(const spaces::StoreStatus& store) {
  return std::ranges::all_of(
      store.replicas, [&](const auto& replica) { return replica.files == store.replicas.front().files; });
}

ordered_json store_json(const spaces::StoreStatus& store) {
  ordered_json json = {{"status", store.is_away ? "away" : "ok"}};
  if (store.is_away) json["why"] = store.why;
  json["since"] = time_json(store.since);
  if (store.emptied) json["emptied"] = time_json(store.emptied);
  json["waiting"] = store.waiting;
  json["dropped"] = store.dropped;
  json["equal_files"] = have_equal_files(store);
  json["replicas"] = ordered_json::array();
  for (const auto& replica : store.replicas)
    json["replicas"].push_back({{"name", replica.name},
                                {"files", replica.files},
                                {"seen", text::format_timestamp(replica.seen)},
                                {"late", replica.is_late},
                                {"own", replica.is_own}});
  return json;
}

}  // namespace

// 200 as long as the mock serves, degraded or not; a rule file that could not be reloaded is told, as the old rules go on.
net::Answer health(const AdminCall& call) {
  nlohmann::ordered_json body = {{"status", "ok"}, {"rules", call.space->rules()->size()}};
  if (const auto trouble = call.program.rules_trouble(); !trouble.empty()) body["rule_files"] = trouble;
  if (const auto* sharing = call.spaces.sharing()) {
    const auto store = sharing->store->status();
    if (store.is_away || !have_equal_files(store)) body["status"] = "degraded";
    body["store"] = store_json(store);
  }
  return admin_json(200, body);
}

}  // namespace vault_mock::site
