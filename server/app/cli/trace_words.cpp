#include "app/cli/trace_words.hpp"

#include <fmt/format.h>

#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

// A member, or null.
const ordered_json& member(const ordered_json& object, const char* name) {
  static const ordered_json kNull;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : kNull;
}

std::string words(const ordered_json& object, const char* name) {
  const auto& value = member(object, name);
  return value.is_null() ? "" : json_words(value);
}

}  // namespace

std::string json_words(const ordered_json& value) {
  return text::printable(value.is_string() ? value.get<std::string>() : text::dump(nlohmann::json(value)));
}

std::string trace_words(const ordered_json& trace) {
  std::string text;
  if (const auto hint = words(trace, "hint"); !hint.empty()) text += "hint: " + hint + "\n";
  if (const auto& rules = member(trace, "rules"); !rules.empty()) {
    text += "\nRules, in the order they were tried:\n";
    for (const auto& rule : rules)
      text += fmt::format("  {}: {}\n", words(rule, "rule"), words(rule, "result"));
  }
  if (const auto& violations = member(trace, "violations"); !violations.empty()) {
    text += "\nViolations:\n";
    for (const auto& violation : violations) {
      text += fmt::format("  {} {}: {}", words(violation, "in"), words(violation, "place"),
                          words(violation, "reason"));
      if (const auto suggestion = words(violation, "suggestion"); !suggestion.empty())
        text += ". " + suggestion;
      text += "\n";
    }
  }
  if (const auto& list = member(trace, "advice"); !list.empty()) {
    text += "\nAdvice:\n";
    for (const auto& advice : list)
      text += fmt::format("  {}: {}\n", words(advice, "place"), words(advice, "text"));
  }
  return text;
}

}  // namespace vault_mock::app
