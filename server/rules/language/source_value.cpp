#include "rules/language/source_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "rules/language/foreign_words.hpp"
#include "rules/matching/field_value.hpp"
#include "text/json/pointer.hpp"
#include "text/nearest.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostMistakes = 100;
// Of the lines that mistakes show, together: a minified file is one long line, which each of them has.
constexpr std::size_t kMostSourceBytes = std::size_t{4} * 1024 * 1024;
// Behind the place of a mistake nobody sees more of its line.
constexpr std::size_t kMostBehind = 300;

std::string in_quotes_or_nothing(const std::optional<std::string>& word) {
  return word ? in_quotes(*word) : std::string();
}

}  // namespace

bool is_quoted_number(const nlohmann::json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty() || text.find_first_not_of("0123456789.-") != text.npos) return false;
  return nlohmann::json::accept(text);
}

std::string in_quotes(std::string_view word) { return shown(nlohmann::json(word)); }

std::string listed(std::span<const std::string> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += in_quotes(words[i]);
  }
  return text;
}

Reading::Reading(std::string_view text, std::string_view file, const Vocabulary& vocabulary)
    : text_(text), file_(file), vocabulary_(vocabulary), line_starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts_.push_back(i + 1);
}

text::Place Reading::place_of(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto line = std::ranges::upper_bound(line_starts_, offset) - line_starts_.begin();
  return {static_cast<std::size_t>(line), offset - line_starts_[static_cast<std::size_t>(line - 1)] + 1};
}

void Reading::add(Severity severity, Span place, std::string pointer, std::string message,
                  std::string suggestion) {
  if (severity == Severity::error) ++errors_;
  if (mistakes_.size() >= kMostMistakes || source_bytes_ >= kMostSourceBytes) {
    ++more_;
    return;
  }
  const auto [line, column] = place_of(place.begin);
  const auto start = std::min(place.begin, text_.size()) - (column - 1);
  auto source_line = text_.substr(start, text_.find('\n', start) - start);
  if (source_line.ends_with('\r')) source_line.remove_suffix(1);
  const auto seen = column + std::clamp<std::size_t>(place.end - place.begin, 1, kMostBehind) + kMostBehind;
  source_line = source_line.substr(0, seen);
  source_bytes_ += source_line.size();
  const auto room = source_line.size() > column ? source_line.size() - column + 1 : 1;
  const auto width = std::clamp<std::size_t>(place.end - place.begin, 1, room);
  mistakes_.push_back({severity, std::string(file_), line, column, width, std::string(source_line),
                       std::move(pointer), std::move(message), std::move(suggestion)});
}

std::vector<Mistake> Reading::take() {
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

std::string_view Node::source() const {
  return reading_->text().substr(place_->value.begin, place_->value.end - place_->value.begin);
}

std::optional<Node> Node::member(std::string_view key) const {
  if (!value_->is_object()) return std::nullopt;
  const auto found = value_->find(key);
  const auto* place = place_->member(key);
  if (found == value_->end() || place == nullptr) return std::nullopt;
  return Node(*found, *place, *reading_, pointer_ + "/" + text::pointer_token(key));
}

std::vector<Node> Node::elements() const {
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < value_->size() && i < place_->elements.size(); ++i)
    nodes.emplace_back((*value_)[i], place_->elements[i], *reading_, pointer_ + "/" + std::to_string(i));
  return nodes;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
  std::unordered_map<std::string_view, const SourceTree*> last;  // a duplicate hides the ones before it
  for (const auto& place : place_->members) last[place.name] = &place;
  std::vector<std::pair<std::string, Node>> nodes;
  for (const auto& place : place_->members)
    if (last[place.name] == &place)
      nodes.emplace_back(place.name, Node(value_->at(place.name), place, *reading_,
                                          pointer_ + "/" + text::pointer_token(place.name)));
  return nodes;
}

Span Node::value_start() const {
  auto span = place_->value;
  if (value_->is_structured()) span.end = span.begin + 1;
  return span;
}

Node Node::at(std::string_view pointer) const {
  Node node = *this;
  for (const auto& token : text::pointer_tokens(pointer).value_or(std::vector<std::string>{})) {
    auto next = node.member(token);
    if (!next) next = node.element(token);
    if (!next) break;
    node = std::move(*next);
  }
  return node;
}

std::optional<Node> Node::element(std::string_view index) const {
  const auto* place = place_->element(index);
  if (!value_->is_array() || place == nullptr) return std::nullopt;
  const auto at = static_cast<std::size_t>(place - place_->elements.data());
  if (at >= value_->size()) return std::nullopt;
  return Node((*value_)[at], *place, *reading_, pointer_ + "/" + std::string(index));
}

void Node::refuse(std::string message, std::string suggestion) const {
  reading_->add(Severity::error, value_start(), pointer_, std::move(message), std::move(suggestion));
}

void Node::refuse_key(std::string message, std::string suggestion) const {
  reading_->add(Severity::error, place_->key, pointer_, std::move(message), std::move(suggestion));
}

void Node::warn(std::string message, std::string suggestion) const {
  reading_->add(Severity::warning, value_start(), pointer_, std::move(message), std::move(suggestion));
}

void Node::warn_key(std::string message, std::string suggestion) const {
  reading_->add(Severity::warning, place_->key, pointer_, std::move(message), std::move(suggestion));
}

void Node::expected(std::string_view what) const {
  const std::string found = value_->is_object()  ? "an object"
                            : value_->is_array() ? "an array"
                                                 : shown(*value_);
  refuse("expected " + std::string(what) + ", found " + found);
}

void Node::expected_number(std::string_view what) const {
  if (!is_quoted_number(*value_)) return expected(what);
  refuse("expected " + std::string(what) + ", found " + shown(*value_) + ": write the number " +
         value_->get<std::string>() + " without quotes");
}

bool Node::is_object_of(std::span<const std::string> known, std::string_view what) const {
  if (!value_->is_object()) {
    expected(std::string(what) + ", an object");
    return false;
  }
  for (const auto& [key, node] : members()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    if (auto foreign = foreign_word(key, what)) {
      node.refuse_key(std::move(*foreign));
      continue;
    }
    const auto near = text::nearest(key, known);
    auto message = "unknown key " + in_quotes(key) + " in " + std::string(what);
    if (!near) message += ": expected " + listed(known);
    node.refuse_key(std::move(message), in_quotes_or_nothing(near));
  }
  return true;
}

std::optional<std::string> Node::string(std::string_view what) const {
  if (value_->is_string()) return value_->get<std::string>();
  expected(what);
  return std::nullopt;
}

std::optional<double> Node::number(std::string_view what) const {
  if (value_->is_number()) return value_->get<double>();
  expected_number(what);
  return std::nullopt;
}

std::optional<std::int64_t> Node::integer(std::int64_t least, std::int64_t most,
                                          std::string_view what) const {
  // 2.0 is a whole number too, as JSON Schema has it; beyond 2^53 no double is sure to be one.
  std::optional<std::int64_t> whole;
  if (value_->is_number_float()) {
    const double number = value_->get<double>();
    if (std::abs(number) < 9007199254740992.0 && std::trunc(number) == number)
      whole = static_cast<std::int64_t>(number);
  } else if (value_->is_number_unsigned()) {
    const auto number = value_->get<std::uint64_t>();
    if (number <= std::uint64_t{INT64_MAX}) whole = static_cast<std::int64_t>(number);
  } else if (value_->is_number_integer()) {
    whole = value_->get<std::int64_t>();
  }
  if (whole && *whole >= least && *whole <= most) return whole;
  expected_number(what);
  return std::nullopt;
}

std::optional<std::size_t> Node::one_of(std::span<const std::string> words) const {
  if (value_->is_string()) {
    const auto& word = value_->get_ref<const std::string&>();
    const auto found = std::ranges::find(words, word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    refuse("expected " + listed(words) + ", found " + in_quotes(word),
           in_quotes_or_nothing(text::nearest(word, words)));
    return std::nullopt;
  }
  expected(listed(words));
  return std::nullopt;
}

}  // namespace vault_mock::rules
