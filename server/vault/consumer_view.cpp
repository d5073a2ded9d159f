// Consumers as clients see them: which of them a list has, and the vendor's shape of one.
#include <algorithm>
#include <array>
#include <set>

#include "text/ascii.hpp"
#include "text/timestamp.hpp"
#include "vault/consumers.hpp"
#include "vault/health.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::ordered_json;

ordered_json request_counts(const Consumer& consumer) {
  std::uint64_t count = 0;
  for (const auto& [day, requests] : consumer.vault_requests) count += requests;
  return {{"unify", 0}, {"proxy", 0}, {"vault", count}};
}

ordered_json connections_of(const Consumer& consumer, const Catalogue& catalogue) {
  auto result = ordered_json::array();
  for (const auto& connector : catalogue.connectors()) {
    const auto* connection = consumer.find(connector);
    if (connection == nullptr) continue;
    result.push_back({{"id", connector.id},
                      {"name", connector.name},
                      {"icon", connector.icon},
                      {"logo", connector.icon},
                      {"website", connector.website},
                      {"tag_line", connector.tag_line},
                      {"service_id", connector.service_id},
                      {"unified_api", connector.unified_api},
                      {"consumer_id", consumer.id},
                      {"auth_type", connector.auth_type},
                      {"enabled", connection->enabled},
                      {"settings", connection->settings},
                      {"metadata", connection->metadata},
                      {"created_at", text::format_timestamp(connection->created_at)},
                      {"updated_at", text::format_timestamp(connection->updated_at)},
                      {"state", to_string(state_of(connector, connection))},
                      {"health", to_string(health_of(connector, connection))},
                      {"credentials_expire_at", nullptr},
                      {"last_refresh_failed_at", nullptr}});
  }
  return result;
}

bool contains(std::string_view text, std::string_view part) {
  return !std::ranges::search(
              text, part, {}, [](char c) { return text::lower(c); }, [](char c) { return text::lower(c); })
              .empty();
}

}  // namespace

bool ConsumersFilter::takes(const Consumer& consumer) const {
  if (!consumer.id.starts_with(id_prefix)) return false;
  if (search.empty() || contains(consumer.id, search)) return true;
  if (consumer.metadata == kNoMetadata) return false;
  const auto metadata = nlohmann::json::parse(consumer.metadata);
  return std::ranges::any_of(std::array{"email", "account_name", "user_name"}, [&](const char* name) {
    const auto found = metadata.find(name);
    return found != metadata.end() && found->is_string() &&
           contains(found->get_ref<const std::string&>(), search);
  });
}

ordered_json to_json(const Consumer& consumer, const Catalogue& catalogue, ConsumerView view) {
  auto services = ordered_json::array();
  std::set<std::string_view> seen;
  for (const auto& connector : catalogue.connectors())
    if (consumer.find(connector) != nullptr && seen.insert(connector.service_id).second)
      services.push_back(connector.service_id);
  const auto counts = request_counts(consumer);
  ordered_json result = {{"consumer_id", consumer.id},
                         {"application_id", consumer.application_id},
                         {"metadata", nlohmann::json::parse(consumer.metadata)}};
  if (view == ConsumerView::detailed) result["connections"] = connections_of(consumer, catalogue);
  result["services"] = services;
  result["aggregated_request_count"] = counts.at("vault");
  result["request_counts"] = counts;
  result["created"] = text::format_timestamp(consumer.created);
  result["modified"] = text::format_timestamp(consumer.modified);
  result["request_count_updated"] = text::format_timestamp(consumer.modified);
  return result;
}

}  // namespace vault_mock::vault
