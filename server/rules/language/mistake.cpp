#include "rules/language/mistake.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "text/counted.hpp"
#include "text/printable.hpp"
#include "text/utf8.hpp"

namespace vault_mock::rules {
namespace {

// Terminals are about this wide; a longer line (a minified file) is shown around its mistake.
constexpr std::size_t kWindow = 100;

}  // namespace

std::string sentence(const Mistake& mistake) {
  if (mistake.suggestion.empty()) return mistake.message;
  return mistake.message + "; did you mean " + mistake.suggestion + "?";
}

std::string format(const Mistake& mistake) {
  const auto number = std::to_string(mistake.line);
  std::string text = text::printable(mistake.file);
  if (mistake.line > 0) text += ":" + number + ":" + std::to_string(mistake.column);
  text += mistake.severity == Severity::error ? ": error: " : ": warning: ";
  text += text::printable(sentence(mistake)) + "\n";
  if (mistake.line == 0) return text;

  std::string_view line = mistake.source_line;
  std::size_t at = std::min(mistake.column - 1, line.size());
  std::string_view before, after;
  const auto inside_character = [&](std::size_t i) {
    return i < line.size() && text::continues_character(line[i]);
  };
  if (line.size() > kWindow) {
    auto start = at > kWindow / 3 ? at - kWindow / 3 : 0;
    while (inside_character(start)) ++start;
    auto end = std::min(start + kWindow, line.size());
    while (inside_character(end)) ++end;
    before = start > 0 ? "..." : "";
    after = end < line.size() ? "..." : "";
    line = line.substr(start, end - start);
    at = std::min(at > start ? at - start : 0, line.size());
  }
  while (at > 0 && inside_character(at)) --at;
  auto end = std::min(at + std::max<std::size_t>(mistake.width, 1), line.size());
  while (inside_character(end)) ++end;
  // Bytes that could act on a terminal are escaped, which makes the text longer: the caret moves with it. A
  // tab stays a tab, also under the caret.
  const auto head = text::printable_lines(std::string(before).append(line.substr(0, at)));
  const auto marked = text::printable_lines(line.substr(at, end - at));
  std::string indent;
  for (const char c : head) {
    if (text::continues_character(c)) continue;  // a byte that takes no column
    indent += c == '\t' ? '\t' : ' ';
  }
  const auto width = std::max<std::size_t>(text::count_characters(marked), 1);
  text += "  " + number + " | " + head + marked + text::printable_lines(line.substr(end));
  text.append(after).append("\n");
  text += "  " + std::string(number.size(), ' ') + " | " + indent + "^" + std::string(width - 1, '~') + "\n";
  return text;
}

std::string format(std::span<const Mistake> mistakes) {
  std::string text;
  for (const auto& mistake : mistakes) text += format(mistake);
  return text;
}

std::string format_first(std::span<const Mistake> mistakes, std::size_t most) {
  std::vector<const Mistake*> ordered;
  for (const auto& mistake : mistakes) ordered.push_back(&mistake);
  std::stable_partition(ordered.begin(), ordered.end(),
                        [](const Mistake* m) { return m->severity == Severity::error; });
  std::string text;
  for (const auto* mistake : std::span(ordered).first(std::min(most, ordered.size())))
    text += format(*mistake);
  if (ordered.size() > most) text += "and " + text::counted(ordered.size() - most, "more mistake") + "\n";
  return text;
}

}  // namespace vault_mock::rules
