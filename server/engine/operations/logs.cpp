// logsAll: the journal of the space in the vendor's shape, newest first, of the caller's own requests.
#include <algorithm>

#include "engine/operations/operations.hpp"
#include "engine/operations/paging.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json log_of(const CheckedRequest& request, const spaces::Entry& entry) {
  const auto scheme = request.base_url().find("://");
  const auto host =
      scheme == request.base_url().npos ? request.base_url() : request.base_url().substr(scheme + 3);
  const bool success = entry.status < 400;
  return {{"api_style", "REST"},
          {"base_url", host.substr(0, host.find('/'))},
          {"child_request", false},
          {"consumer_id", entry.consumer_id},
          {"duration", static_cast<double>(entry.took.count()) / 1000},
          {"error_message", success ? ordered_json() : ordered_json(text::reason_phrase(entry.status))},
          {"execution", std::chrono::round<std::chrono::milliseconds>(entry.took).count()},
          {"has_children", false},
          {"http_method", entry.method},
          {"id", entry.id},
          {"latency", 0},
          {"operation", {{"id", entry.operation}, {"name", request.title_of(entry.operation)}}},
          {"parent_id", nullptr},
          {"path", entry.path},
          {"sandbox", false},
          {"service", {{"id", "apideck-vault"}, {"name", "Apideck Vault"}}},
          {"source_ip", nullptr},
          {"status_code", entry.status},
          {"success", success},
          {"timestamp", text::format_timestamp(entry.at)},
          {"unified_api", "vault"}};
}

// ?filter[…]: the documented LogsFilter, as far as it was asked for.
// Documented, too: connector_id is not applied.
class LogsFilter {
 public:
  explicit LogsFilter(const CheckedRequest& request) : asked_(request.query_object("filter")) {
    path_ = one("path");
    path_match_mode_ = one("path_match_mode");
    start_ = text::parse_timestamp(one("start_date"));
    end_ = text::parse_timestamp(one("end_date"));
    for (const char* key : {"http_method", "http_methods"})
      each(key, [&](const json& method) { methods_.push_back(method.get<std::string>()); });
    for (const char* key : {"status_code", "status_codes"})
      each(key, [&](const json& status) { statuses_.push_back(status.get<double>()); });
    excludes_vault_ = excludes(one("exclude_unified_apis"), "vault");
  }

  bool takes(const spaces::Entry& entry) const {
    if (excludes_vault_ || (!path_.empty() && !takes_path(entry.path))) return false;
    if ((start_ && entry.at < *start_) || (end_ && entry.at > *end_)) return false;
    if (!statuses_.empty() && std::ranges::find(statuses_, entry.status) == statuses_.end()) return false;
    return methods_.empty() || std::ranges::any_of(methods_, [&](const std::string& method) {
             return text::equal_ignoring_case(method, entry.method);
           });
  }

 private:
  // `use`: with the value, or with each of an array. null is none.
  template <typename Use>
  void each(const char* key, const Use& use) const {
    const auto found = asked_.find(key);
    if (found == asked_.end() || found->is_null()) return;
    if (!found->is_array()) return use(*found);
    for (const auto& value : *found) use(value);
  }
  std::string one(const char* key) const {
    std::string text;
    each(key, [&](const json& value) { text = value.get<std::string>(); });
    return text;
  }
  // `list` is comma-separated.
  static bool excludes(std::string_view list, std::string_view api) {
    while (!list.empty()) {
      const auto comma = std::min(list.find(','), list.size());
      if (text::trim(list.substr(0, comma)) == api) return true;
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
  }
  bool takes_path(std::string_view path) const {
    if (path_match_mode_ == "EXACT") return path == path_;
    if (path_match_mode_ == "STARTS_WITH") return path.starts_with(path_);
    if (path_match_mode_ == "ENDS_WITH") return path.ends_with(path_);
    return path.find(path_) != path.npos;
  }

  const json asked_;  // valid by its schema
  std::string path_, path_match_mode_;
  std::vector<std::string> methods_;
  std::vector<double> statuses_;
  bool excludes_vault_ = false;
  std::optional<text::Timestamp> start_, end_;
};

}  // namespace

// A page's cursor is the number of the request before which it begins: asking for a page is a request itself,
// and must move nothing.
Response list_logs(const CheckedRequest& request) {
  const auto cursor = page_cursor(request);
  if (!cursor) return unknown_cursor();
  const auto limit = page_limit(request);
  const LogsFilter filter(request);
  request.space().catch_up();
  auto entries = request.space().journal().select(
      [&](const spaces::Entry& entry) {
        return (*cursor == 0 || entry.sequence < *cursor) && entry.consumer_id == request.consumer_id() &&
               entry.app_id == request.application_id() && entry.method != "OPTIONS" && filter.takes(entry);
      },
      limit + 1);
  Cursors cursors;
  if (*cursor > 0) cursors.current = *cursor;
  if (entries.size() > limit) {
    entries.resize(limit);
    cursors.next = entries.back()->sequence;
  }
  auto data = ordered_json::array();
  for (const auto& entry : entries) data.push_back(log_of(request, *entry));
  return list_page(request, data, cursors);
}

}  // namespace vault_mock::engine
