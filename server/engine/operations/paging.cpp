#include "engine/operations/paging.hpp"

#include "text/number.hpp"
#include "text/reason_phrase.hpp"
#include "text/url.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kDefaultLimit = 20;
constexpr std::uint64_t kLastCursor = std::uint64_t{1} << 53;  // what is counted here never comes so far

ordered_json cursor_text(std::optional<std::uint64_t> cursor) {
  return cursor ? ordered_json(std::to_string(*cursor)) : ordered_json();
}

// The same list from another page on; without a cursor: from its begin.
std::string link_to(const CheckedRequest& request, std::optional<std::uint64_t> cursor) {
  std::string query;
  const auto add = [&query](std::string_view name, std::string_view value) {
    query.append(query.empty() ? "?" : "&").append(name).append("=").append(value);
  };
  text::each_query_pair(request.raw_query(), [&](std::string_view name, std::string_view value) {
    if (!text::query_decodes_to(name, "cursor")) add(name, value);
    return true;
  });
  if (cursor) add("cursor", std::to_string(*cursor));
  return std::string(request.base_url()).append(request.path()).append(query);
}

ordered_json link_or_null(const CheckedRequest& request, std::optional<std::uint64_t> cursor) {
  return cursor ? ordered_json(link_to(request, cursor)) : ordered_json();
}

}  // namespace

std::size_t page_limit(const CheckedRequest& request) {
  const auto text = request.query("limit");
  return text ? text::whole_number<std::size_t>(*text).value_or(kDefaultLimit) : kDefaultLimit;
}

std::optional<std::uint64_t> page_cursor(const CheckedRequest& request) {
  const auto text = request.query("cursor");
  if (!text || text->empty()) return 0;
  const auto cursor = text::whole_number<std::uint64_t>(*text);
  return cursor && *cursor <= kLastCursor ? cursor : std::nullopt;
}

Response unknown_cursor() {
  return failure(contract::ErrorType::invalid_cursor, "This list did not hand out that cursor");
}

Response list_page(const CheckedRequest& request, const ordered_json& data, const Cursors& cursors) {
  const ordered_json meta = {{"items_on_page", data.size()},
                             {"cursors",
                              {{"previous", cursor_text(cursors.previous)},
                               {"current", cursor_text(cursors.current)},
                               {"next", cursor_text(cursors.next)}}}};
  const ordered_json links = {{"previous", link_or_null(request, cursors.previous)},
                              {"current", link_to(request, cursors.current)},
                              {"next", link_or_null(request, cursors.next)}};
  return json_response(request.status(),
                       text::dump(ordered_json{{"status_code", request.status()},
                                               {"status", text::reason_phrase(request.status())},
                                               {"data", data},
                                               {"meta", meta},
                                               {"links", links}}));
}

}  // namespace vault_mock::engine
