#include "rules/language/diagnostics.hpp"

#include <algorithm>

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostMistakes = 100;
// Of the lines that mistakes show, together: a minified file is one long line, which each of them has.
constexpr std::size_t kMostSourceBytes = std::size_t{4} * 1024 * 1024;
// Behind the place of a mistake nobody sees more of its line.
constexpr std::size_t kMostBehind = 300;

}  // namespace

Diagnostics::Diagnostics(std::string_view text, std::string_view file, const KnownNames& names,
                         std::string_view shown)
    : text_(text), file_(file), shown_(shown.empty() ? text : shown), names_(names), line_starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts_.push_back(i + 1);
}

text::Place Diagnostics::place_of(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto line = std::ranges::upper_bound(line_starts_, offset) - line_starts_.begin();
  return {static_cast<std::size_t>(line), offset - line_starts_[static_cast<std::size_t>(line - 1)] + 1};
}

void Diagnostics::add(Severity severity, Span place, std::string pointer, std::string message,
                      std::string suggestion) {
  if (severity == Severity::error) ++errors_;
  if (mistakes_.size() >= kMostMistakes || source_bytes_ >= kMostSourceBytes) {
    ++more_;
    return;
  }
  const auto [line, column] = place_of(place.begin);
  const auto start = std::min(place.begin, text_.size()) - (column - 1);
  auto source_line = shown_.substr(start, shown_.find('\n', start) - start);
  if (source_line.ends_with('\r')) source_line.remove_suffix(1);
  const auto seen = column + std::clamp<std::size_t>(place.end - place.begin, 1, kMostBehind) + kMostBehind;
  source_line = source_line.substr(0, seen);
  source_bytes_ += source_line.size();
  const auto room = source_line.size() > column ? source_line.size() - column + 1 : 1;
  const auto width = std::clamp<std::size_t>(place.end - place.begin, 1, room);
  mistakes_.push_back({severity, std::string(file_), line, column, width, std::string(source_line),
                       std::move(pointer), std::move(message), std::move(suggestion)});
}

std::vector<Mistake> Diagnostics::take() {
  std::ranges::stable_sort(mistakes_, {}, [](const Mistake& m) { return std::pair(m.line, m.column); });
  if (more_ > 0 && !mistakes_.empty()) {
    auto note = mistakes_.back();
    note.severity = failed() ? Severity::error : Severity::warning;
    note.message = "and " + std::to_string(more_) + " more in this file";
    note.suggestion.clear();
    mistakes_.push_back(std::move(note));
  }
  return std::move(mistakes_);
}

}  // namespace vault_mock::rules
