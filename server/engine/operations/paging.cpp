#include "engine/operations/paging.hpp"

#include "text/number.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kDefaultLimit = 20;
constexpr std::uint64_t kLastCursor = std::uint64_t{1} << 53;  // what is counted here never comes so far

ordered_json cursor_text(std::optional<std::uint64_t> cursor) {
  return cursor ? ordered_json(std::to_string(*cursor)) : ordered_json();
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
  return json_response(request.status(),
                       text::dump(ordered_json{{"status_code", request.status()},
                                               {"status", text::reason_phrase(request.status())},
                                               {"data", data},
                                               {"meta", meta}}));
}

}  // namespace vault_mock::engine
