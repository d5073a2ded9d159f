#include "rules/mistake.hpp"

#include <algorithm>
#include <string_view>

namespace vault_mock::rules {
namespace {

// Terminals are about this wide; a longer line (a minified file) is shown around its mistake.
constexpr std::size_t kWindow = 100;

// Tabs keep their width under the caret; other control bytes must not reach a terminal.
std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f) c = '?';
  return result;
}

}  // namespace

std::string sentence(const Mistake& mistake) {
  if (mistake.suggestion.empty()) return mistake.message;
  return mistake.message + "; did you mean " + mistake.suggestion + "?";
}

std::string format(const Mistake& mistake) {
  const auto number = std::to_string(mistake.line);
  std::string text = mistake.file;
  if (mistake.line > 0) text += ":" + number + ":" + std::to_string(mistake.column);
  text += mistake.severity == Severity::error ? ": error: " : ": warning: ";
  text += sentence(mistake) + "\n";
  if (mistake.line == 0) return text;

  std::string_view line = mistake.source_line;
  std::size_t at = std::min(mistake.column - 1, line.size());
  std::string_view before, after;
  if (line.size() > kWindow) {
    auto start = at > kWindow / 3 ? at - kWindow / 3 : 0;
    const auto inside_character = [&](std::size_t i) { return i < line.size() && (line[i] & 0xC0) == 0x80; };
    while (inside_character(start)) ++start;
    auto end = std::min(start + kWindow, line.size());
    while (inside_character(end)) ++end;
    before = start > 0 ? "..." : "";
    after = end < line.size() ? "..." : "";
    line = line.substr(start, end - start);
    at = at - start + before.size();
  }
  const std::string shown = printable(std::string(before).append(line).append(after));
  std::string indent;
  for (std::size_t i = 0; i < at; ++i) {
    if ((shown[i] & 0xC0) == 0x80) continue;  // a byte that takes no column
    indent += shown[i] == '\t' ? '\t' : ' ';
  }
  const auto room = shown.size() > at ? shown.size() - at : 1;
  const auto tail = std::clamp<std::size_t>(mistake.width, 1, room) - 1;
  text += "  " + number + " | " + shown + "\n";
  text += "  " + std::string(number.size(), ' ') + " | " + indent + "^" + std::string(tail, '~') + "\n";
  return text;
}

std::string format(std::span<const Mistake> mistakes) {
  std::string text;
  for (const auto& mistake : mistakes) text += format(mistake);
  return text;
}

}  // namespace vault_mock::rules
