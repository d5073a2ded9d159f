#include "scenarios/player/json_pattern.hpp"

#include <algorithm>

#include "rules/language/source_tree.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::scenarios {
namespace {

using nlohmann::json;

constexpr std::string_view kEllipsis = "…";
// What a bare ellipsis becomes: JSON that nobody would write.
constexpr std::string_view kAnyValue = "\x7f value";
constexpr std::string_view kMore = "\x7f more";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The text with bare ellipses replaced: after a colon by a value, in an object by a member, in an array by an
// element.
std::string with_marks(std::string_view text) {
  std::string result, open;
  char before = 0;  // the last character that is not blank
  const auto quoted = [](std::string_view mark) { return '"' + std::string(mark) + '"'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const auto start = i++;
      while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
      result += text.substr(start, i + 1 - start);
    } else if (text.substr(i).starts_with(kEllipsis)) {
      if (before == ':' || open.empty())
        result += quoted(kAnyValue);
      else
        result += quoted(kMore) + (open.back() == '{' ? ":0" : "");
      i += kEllipsis.size() - 1;
    } else {
      if (c == '{' || c == '[') open += c;
      if ((c == '}' || c == ']') && !open.empty()) open.pop_back();
      result += c;
    }
    if (!is_blank(c)) before = c;
  }
  return result;
}

std::string words_for(std::string_view expected, const json& actual) {
  return "expected " + std::string(expected) + ", got " + text::dump(actual);
}

class Comparison {
 public:
  explicit Comparison(std::string_view text) : text_(text) {}

  void walk(const json& pattern, const json& actual, const std::string& pointer) {
    if (pattern == kAnyValue) return;
    if (pattern.is_object() && actual.is_object()) return walk_object(pattern, actual, pointer);
    if (pattern.is_array() && actual.is_array()) return walk_array(pattern, actual, pointer);
    if (pattern.is_string() && actual.is_string()
            ? !matches_wildcards(pattern.get_ref<const std::string&>(), actual.get_ref<const std::string&>())
            : pattern != actual)
      say(pointer, pointer, words_for(text::dump(pattern), actual));
  }

  std::vector<Mismatch> take() { return std::move(mismatches_); }

 private:
  // `place` is the part of the pattern to point at.
  void say(const std::string& place, const std::string& pointer, std::string words) {
    const auto offset = offset_of(place);
    mismatches_.push_back(
        {pointer, static_cast<int>(text::place_of(text_, offset).line) - 1, std::move(words)});
  }

  void walk_object(const json& pattern, const json& actual, const std::string& pointer) {
    for (const auto& [key, value] : pattern.items()) {
      if (key == kMore) continue;
      const auto inner = pointer + "/" + text::pointer_token(key);
      if (const auto found = actual.find(key); found != actual.end())
        walk(value, *found, inner);
      else
        say(inner, inner, "is missing");
    }
    if (pattern.contains(kMore)) return;
    for (const auto& [key, value] : actual.items())
      if (!pattern.contains(key))
        say(pointer, pointer + "/" + text::pointer_token(key), "is not expected, it is " + text::dump(value));
  }

  void walk_array(const json& pattern, const json& actual, const std::string& pointer) {
    const bool open = !pattern.empty() && pattern.back() == kMore;
    const auto count = pattern.size() - (open ? 1 : 0);
    for (std::size_t i = 0; i < std::min(count, actual.size()); ++i)
      walk(pattern[i], actual[i], pointer + "/" + std::to_string(i));
    if (open ? actual.size() < count : actual.size() != count)
      say(pointer, pointer, "expected " + std::to_string(count) + " elements, got " + text::dump(actual));
  }

  // Where the value that the pointer leads to begins in the pattern.
  std::size_t offset_of(std::string_view pointer) const {
    const auto root = rules::source_tree(text_);
    const auto* at = &root;
    for (const auto& token : text::pointer_tokens(pointer).value_or(std::vector<std::string>())) {
      const auto* next = at->elements.empty() ? at->member(token) : at->element(token);
      if (next == nullptr) return 0;
      at = next;
    }
    return at->value.begin;
  }

  std::string_view text_;
  std::vector<Mismatch> mismatches_;
};

}  // namespace

bool matches_wildcards(std::string_view pattern, std::string_view text) {
  const auto wildcard = pattern.find(kEllipsis);
  if (wildcard == pattern.npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, wildcard))) return false;
  const auto rest = pattern.substr(wildcard + kEllipsis.size());
  for (text.remove_prefix(wildcard);; text.remove_prefix(1)) {
    if (matches_wildcards(rest, text)) return true;
    if (text.empty()) return false;
  }
}

tl::expected<JsonPattern, std::string> JsonPattern::read(std::string_view source) {
  auto text = with_marks(source);
  auto document = text::read_json(text);
  if (!document) return tl::unexpected(document.error().message);
  if (!document->duplicate_keys.empty())
    return tl::unexpected("stands twice: " + document->duplicate_keys.front());
  return JsonPattern(std::move(text), std::move(document->value));
}

std::vector<Mismatch> JsonPattern::compare(const json& actual) const {
  Comparison comparison(text_);
  comparison.walk(value_, actual, "");
  return comparison.take();
}

}  // namespace vault_mock::scenarios
