#include "app/cli/request_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "text/ascii.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"
#include "text/url.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

struct Key {
  std::string_view name;
  std::string_view parameter;  // of the query
  std::optional<std::string> WantedRequests::*member;
};
constexpr auto kKeys = std::to_array<Key>({{"status", "status", &WantedRequests::status},
                                           {"consumer", "consumer_id", &WantedRequests::consumer},
                                           {"operation", "operation", &WantedRequests::operation},
                                           {"rule", "rule", &WantedRequests::rule}});

bool is_status(std::string_view text) {
  return text.size() == 3 && text[0] >= '1' && text[0] <= '5' &&
         ((text::is_digit(text[1]) && text::is_digit(text[2])) || text.substr(1) == "xx");
}

// At spaces, but for those between double quotes, which go.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  bool quoted = false, begun = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    const bool parts_words = c == ' ' && !quoted;
    if (!parts_words && !std::exchange(begun, true)) parts.emplace_back();
    if (parts_words) begun = false;
    if (!parts_words && c != '"') parts.back() += c;
  }
  return parts;
}

std::int64_t number(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

}  // namespace

std::string member_text(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

tl::expected<WantedRequests, std::string> read_wanted(const std::vector<std::string>& words) {
  WantedRequests wanted;
  for (const auto& words_of_one : words)
    for (const auto& word : split(words_of_one)) {
      const auto colon = word.find(':');
      const auto name = word.substr(0, colon);
      const auto* const key = std::ranges::find(kKeys, name, &Key::name);
      if (colon == word.npos || colon == 0) {
        wanted.texts.push_back(text::lower(word));
        continue;
      }
      if (key == kKeys.end())
        return tl::unexpected(fmt::format(
            "'{}' is not a filter: use status:, consumer:, operation: or rule:, or a part of a text", word));
      const auto value = word.substr(colon + 1);
      if (value.empty()) return tl::unexpected(fmt::format("'{}' says nothing behind its colon", word));
      if (name == "status" && !is_status(value))
        return tl::unexpected(fmt::format("'{}' is not a status: use status:402 or status:4xx", word));
      wanted.*(key->member) = value;
    }
  return wanted;
}

std::string WantedRequests::query() const {
  std::string query;
  for (const auto& key : kKeys)
    if (const auto& value = this->*(key.member))
      query.append("&").append(key.parameter).append("=").append(text::percent_encoded(*value));
  if (!texts.empty()) query += "&text=" + text::percent_encoded(texts.front());
  return query;
}

bool WantedRequests::take(const ordered_json& summary) const {
  const auto text = [&](const char* name) { return member_text(summary, name); };
  const auto shown_status = std::to_string(number(summary, "status"));
  if (status && *status != shown_status && *status != shown_status.substr(0, 1) + "xx") return false;
  if (consumer && text("consumer_id") != *consumer) return false;
  if (operation && text("operation") != *operation) return false;
  if (rule) {
    const auto label = text("rule");
    if (label != *rule && label.substr(std::min(label.find('#') + 1, label.size())) != *rule) return false;
  }
  return std::ranges::all_of(texts, [&](const std::string& part) {
    return std::ranges::any_of(
        std::to_array({"path", "consumer_id", "operation", "rule", "id"}),
        [&](const char* name) { return text::lower(text(name)).find(part) != std::string::npos; });
  });
}

std::string request_line(const ordered_json& summary) {
  const auto word = [&](const char* name) { return text::printable_word(member_text(summary, name)); };
  auto time = member_text(summary, "at");  // 2027-01-01T12:00:00.123Z
  if (const auto begin = time.find('T'); begin != time.npos) time = time.substr(begin + 1);
  if (time.ends_with('Z')) time.pop_back();
  auto line = fmt::format("{} {} {} {} {}us consumer={} by={} id={}", text::printable(time), word("method"),
                          word("path"), number(summary, "status"), number(summary, "us"), word("consumer_id"),
                          word("decided_by"), word("id"));
  if (const auto space = member_text(summary, "space"); space != "default")
    line += " space=" + text::printable_word(space);
  return line;
}

}  // namespace vault_mock::app
