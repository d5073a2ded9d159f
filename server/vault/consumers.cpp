#include "vault/consumers.hpp"

#include <set>

#include "text/json.hpp"
#include "text/timestamp.hpp"

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
                      {"state", to_string(state_of(connector, connection))}});
  }
  return result;
}

}  // namespace

const Connection* Consumer::find(const Connector& connector) const {
  const auto found = connections.find(connector.id);
  return found == connections.end() ? nullptr : &found->second;
}

Connection& Consumer::add(const Connector& connector, Millis now) {
  const auto [place, is_new] = connections.try_emplace(connector.id);
  if (is_new) place->second.created_at = place->second.updated_at = now;
  return place->second;
}

void Consumer::merge_metadata(std::string_view object) {
  if (object == metadata || object == kNoMetadata) return;
  if (metadata == kNoMetadata) {
    metadata = object;
    return;
  }
  auto merged = nlohmann::json::parse(metadata);
  merged.update(nlohmann::json::parse(object));
  metadata = text::dump(merged);
}

Consumer* Consumers::find(std::string_view application_id, std::string_view id) {
  const auto found = by_name_.find({application_id, id});
  return found == by_name_.end() ? nullptr : &*found->second;
}

Consumer& Consumers::upsert(std::string_view application_id, std::string_view id, Millis now) {
  if (auto* known = find(application_id, id)) return *known;
  if (consumers_.size() >= kMost) return rename_oldest(application_id, id, now);
  consumers_.push_back({.id = std::string(id),
                        .application_id = std::string(application_id),
                        .created = now,
                        .modified = now,
                        .connections = {}});
  by_name_.emplace(name_of(consumers_.back()), std::prev(consumers_.end()));
  return consumers_.back();
}

// A stream of new consumers asks for no memory, which is done under the lock of the space.
Consumer& Consumers::rename_oldest(std::string_view application_id, std::string_view id, Millis now) {
  auto entry = by_name_.extract(name_of(consumers_.front()));
  consumers_.splice(consumers_.end(), consumers_, consumers_.begin());
  auto& consumer = consumers_.back();
  consumer.id = id;
  consumer.application_id = application_id;
  consumer.metadata = kNoMetadata;
  consumer.created = consumer.modified = now;
  consumer.connections.clear();
  consumer.vault_requests.clear();
  entry.key() = name_of(consumer);
  by_name_.insert(std::move(entry));
  return consumer;
}

bool Consumers::erase(std::string_view application_id, std::string_view id) {
  const auto found = by_name_.find({application_id, id});
  if (found == by_name_.end()) return false;
  const auto consumer = found->second;
  by_name_.erase(found);
  consumers_.erase(consumer);
  return true;
}

void Consumers::clear() {
  by_name_.clear();
  consumers_.clear();
}

std::uint64_t count_requests(const Consumer& consumer, Millis from, Millis to) {
  using std::chrono::days;
  std::uint64_t count = 0;
  for (const auto& [day, requests] : consumer.vault_requests)
    if (day >= std::chrono::floor<days>(from) && day <= to) count += requests;
  return count;
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
