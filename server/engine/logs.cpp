// logsAll: the journal of the space in the vendor's shape, newest first, of the caller's own requests.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMost = 100;

// The connector of "/vault/connections/{unified_api}/{service_id}/…", or null.
const vault::Connector* connector_in(const Call& call, std::string_view path) {
  constexpr std::string_view kConnections = "/vault/connections/";
  if (!path.starts_with(kConnections)) return nullptr;
  path.remove_prefix(kConnections.size());
  const auto slash = path.find('/');
  if (slash == path.npos) return nullptr;
  const auto rest = path.substr(slash + 1);
  return call.settings.connectors->find(contract::percent_decoded(path.substr(0, slash)),
                                        contract::percent_decoded(rest.substr(0, rest.find('/'))));
}

ordered_json log_of(const Call& call, const spaces::Entry& entry) {
  const auto* connector = connector_in(call, entry.path);
  const double milliseconds = static_cast<double>(entry.took.count()) / 1000;
  const bool success = entry.status < 400;
  return {{"api_style", "REST"},
          {"base_url", call.request.base_url},
          {"child_request", false},
          {"consumer_id", entry.consumer_id},
          {"duration", milliseconds},
          {"error_message", success ? ordered_json() : ordered_json(contract::reason_phrase(entry.status))},
          {"execution", milliseconds},
          {"has_children", false},
          {"http_method", entry.method},
          {"id", entry.id},
          {"latency", 0},
          {"operation", {{"id", entry.operation}, {"name", entry.operation}}},
          {"parent_id", nullptr},
          {"path", entry.path},
          {"sandbox", false},
          {"service",
           {{"id", connector ? connector->service_id : "vault"},
            {"name", connector ? connector->name : "Vault"}}},
          {"source_ip", nullptr},
          {"status_code", entry.status},
          {"success", success},
          {"timestamp", text::format_timestamp(entry.at)},
          {"unified_api", connector ? connector->unified_api : "vault"}};
}

}  // namespace

Response list_logs(Call& call) {
  const auto& trace = call.outcome.trace;
  const auto entries = call.space.journal().select(
      [&](const spaces::Entry& entry) {
        return entry.consumer_id == trace.consumer_id && entry.app_id == trace.app_id &&
               entry.method != "OPTIONS";
      },
      kMost);
  auto data = ordered_json::array();
  for (const auto& entry : entries) data.push_back(log_of(call, *entry));
  return success(200, text::dump(data));
}

}  // namespace vault_mock::engine
