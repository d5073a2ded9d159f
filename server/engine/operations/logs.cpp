// logsAll: the journal of the space in the vendor's shape, newest first, of the caller's own requests.
#include <algorithm>

#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/paging.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"
#include "text/url.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

// The connector of "/vault/connections/{unified_api}/{service_id}/…", or null.
const vault::Connector* connector_in(const CheckedRequest& request, std::string_view path) {
  constexpr std::string_view kConnections = "/vault/connections/";
  if (!path.starts_with(kConnections)) return nullptr;
  path.remove_prefix(kConnections.size());
  const auto slash = path.find('/');
  if (slash == path.npos) return nullptr;
  const auto rest = path.substr(slash + 1);
  return request.connectors().find(text::percent_decoded(path.substr(0, slash)),
                                   text::percent_decoded(rest.substr(0, rest.find('/'))));
}

ordered_json log_of(const CheckedRequest& request, const spaces::Entry& entry) {
  const auto* connector = connector_in(request, entry.path);
  const double milliseconds = static_cast<double>(entry.took.count()) / 1000;
  const bool success = entry.status < 400;
  return {{"api_style", "REST"},
          {"base_url", request.base_url()},
          {"child_request", false},
          {"consumer_id", entry.consumer_id},
          {"duration", milliseconds},
          {"error_message", success ? ordered_json() : ordered_json(text::reason_phrase(entry.status))},
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

// ?filter[…]: the documented LogsFilter, as far as it was asked for.
class LogsFilter {
 public:
  explicit LogsFilter(const CheckedRequest& request) : request_(request) {
    connector_id_ = one("connector_id");
    path_ = one("path");
    path_match_mode_ = one("path_match_mode");
    methods_ = all("http_method", "http_methods");
    statuses_ = all("status_code", "status_codes");
    start_ = text::parse_timestamp(one("start_date"));
    end_ = text::parse_timestamp(one("end_date"));
    const auto excluded = one("exclude_unified_apis");  // comma-separated
    for (std::size_t from = 0; from < excluded.size();) {
      const auto comma = std::min(excluded.find(',', from), excluded.size());
      excluded_apis_.emplace_back(text::trim(std::string_view(excluded).substr(from, comma - from)));
      from = comma + 1;
    }
  }

  bool takes(const spaces::Entry& entry) const {
    if (!matches(methods_, entry.method) || !matches(statuses_, std::to_string(entry.status))) return false;
    if (!path_.empty() && !takes_path(entry.path)) return false;
    if ((start_ && entry.at < *start_) || (end_ && entry.at > *end_)) return false;
    if (connector_id_.empty() && excluded_apis_.empty()) return true;
    const auto* connector = connector_in(request_, entry.path);
    if (!connector_id_.empty() && (connector == nullptr || connector->service_id != connector_id_))
      return false;
    return std::ranges::find(excluded_apis_, connector ? connector->unified_api : "vault") ==
           excluded_apis_.end();
  }

 private:
  std::vector<std::string> values(std::string_view name) const {
    return request_.query_all("filter[" + std::string(name) + "]");
  }
  std::string one(std::string_view name) const {
    auto found = values(name);
    return found.empty() ? "" : std::move(found.front());
  }
  std::vector<std::string> all(std::string_view name, std::string_view plural) const {
    auto found = values(name);
    std::ranges::move(values(plural), std::back_inserter(found));
    return found;
  }
  static bool matches(const std::vector<std::string>& wanted, std::string_view value) {
    return wanted.empty() || std::ranges::any_of(wanted, [&](const std::string& one) {
             return text::equal_ignoring_case(one, value);
           });
  }
  bool takes_path(std::string_view path) const {
    if (path_match_mode_ == "EXACT") return path == path_;
    if (path_match_mode_ == "STARTS_WITH") return path.starts_with(path_);
    if (path_match_mode_ == "ENDS_WITH") return path.ends_with(path_);
    return path.find(path_) != path.npos;
  }

  const CheckedRequest& request_;
  std::string connector_id_, path_, path_match_mode_;
  std::vector<std::string> methods_, statuses_, excluded_apis_;
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
