#include "app/cli/request_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "text/printable.hpp"
#include "text/url.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

struct Key {
  std::string_view name;
  std::string_view parameter;  // of the query
};
constexpr auto kKeys = std::to_array<Key>({{"status", "status"},
                                           {"consumer", "consumer_id"},
                                           {"operation", "operation"},
                                           {"rule", "rule"},
                                           {"kind", "kind"},
                                           {"method", "method"}});

// The query parameter that a word is.
tl::expected<std::string, std::string> parameter_of(const std::string& word) {
  const auto colon = word.find(':');
  if (colon == word.npos || colon == 0) return "text=" + text::percent_encoded(word);
  const auto* const key = std::ranges::find(kKeys, word.substr(0, colon), &Key::name);
  if (key == kKeys.end())
    return tl::unexpected(
        fmt::format("'{}' is not a filter: use status:, consumer:, operation:, rule:, kind: or method:, or a "
                    "part of a text",
                    word));
  if (colon + 1 == word.size())
    return tl::unexpected(fmt::format("'{}' says nothing behind its colon", word));
  return fmt::format("{}={}", key->parameter, text::percent_encoded(word.substr(colon + 1)));
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
      const auto parameter = parameter_of(word);
      if (!parameter) return tl::unexpected(parameter.error());
      wanted.query += "&" + *parameter;
      auto filter = site::read_request_filter(wanted.query);
      if (!filter) return tl::unexpected(fmt::format("'{}' is not a filter: {}", word, filter.error()));
      wanted.filter = std::move(*filter);
    }
  return wanted;
}

bool WantedRequests::take(const ordered_json& summary) const {
  const auto text = [&](const char* name) { return member_text(summary, name); };
  const auto id = text("id"), method = text("method"), path = text("path"), operation = text("operation"),
             consumer_id = text("consumer_id"), rule = text("rule"), kind = text("kind");
  return filter.takes({.status = static_cast<int>(number(summary, "status")),
                       .id = id,
                       .method = method,
                       .path = path,
                       .operation = operation,
                       .consumer_id = consumer_id,
                       .rule = rule,
                       .kind = kind});
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
