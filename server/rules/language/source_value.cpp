#include "rules/language/source_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "rules/language/other_mocks.hpp"
#include "rules/matching/field_value.hpp"
#include "text/json/pointer.hpp"
#include "text/nearest.hpp"

namespace vault_mock::rules {
namespace {

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

std::string_view SourceValue::written() const {
  return diagnostics_->text().substr(place_->value.begin, place_->value.end - place_->value.begin);
}

std::optional<SourceValue> SourceValue::member(std::string_view key) const {
  if (!value_->is_object()) return std::nullopt;
  const auto found = value_->find(key);
  const auto* place = place_->member(key);
  if (found == value_->end() || place == nullptr) return std::nullopt;
  return SourceValue(*found, *place, *diagnostics_, pointer_ + "/" + text::pointer_token(key));
}

std::vector<SourceValue> SourceValue::elements() const {
  std::vector<SourceValue> values;
  for (std::size_t i = 0; i < value_->size() && i < place_->elements.size(); ++i)
    values.emplace_back((*value_)[i], place_->elements[i], *diagnostics_, pointer_ + "/" + std::to_string(i));
  return values;
}

std::vector<std::pair<std::string, SourceValue>> SourceValue::members() const {
  std::unordered_map<std::string_view, const SourceTree*> last;  // a duplicate hides the ones before it
  for (const auto& place : place_->members) last[place.name] = &place;
  std::vector<std::pair<std::string, SourceValue>> values;
  for (const auto& place : place_->members)
    if (last[place.name] == &place)
      values.emplace_back(place.name, SourceValue(value_->at(place.name), place, *diagnostics_,
                                                  pointer_ + "/" + text::pointer_token(place.name)));
  return values;
}

Span SourceValue::value_start() const {
  auto span = place_->value;
  if (value_->is_structured()) span.end = span.begin + 1;
  return span;
}

SourceValue SourceValue::at(std::string_view pointer) const {
  SourceValue source = *this;
  for (const auto& token : text::pointer_tokens(pointer).value_or(std::vector<std::string>{})) {
    auto next = source.member(token);
    if (!next) next = source.element(token);
    if (!next) break;
    source = std::move(*next);
  }
  return source;
}

std::optional<SourceValue> SourceValue::element(std::string_view index) const {
  const auto* place = place_->element(index);
  if (!value_->is_array() || place == nullptr) return std::nullopt;
  const auto at = static_cast<std::size_t>(place - place_->elements.data());
  if (at >= value_->size()) return std::nullopt;
  return SourceValue((*value_)[at], *place, *diagnostics_, pointer_ + "/" + std::string(index));
}

void SourceValue::refuse(std::string message, std::string suggestion) const {
  diagnostics_->add(Severity::error, value_start(), pointer_, std::move(message), std::move(suggestion));
}

void SourceValue::refuse_key(std::string message, std::string suggestion) const {
  diagnostics_->add(Severity::error, place_->key, pointer_, std::move(message), std::move(suggestion));
}

void SourceValue::warn(std::string message, std::string suggestion) const {
  diagnostics_->add(Severity::warning, value_start(), pointer_, std::move(message), std::move(suggestion));
}

void SourceValue::warn_key(std::string message, std::string suggestion) const {
  diagnostics_->add(Severity::warning, place_->key, pointer_, std::move(message), std::move(suggestion));
}

std::string SourceValue::found() const {
  if (is_quoted_number(*value_))
    return shown(*value_) + ": write the number " + value_->get<std::string>() + " without quotes";
  return value_->is_object() ? "an object" : value_->is_array() ? "an array" : shown(*value_);
}

void SourceValue::expected(std::string_view what) const {
  refuse("expected " + std::string(what) + ", found " + (value_->is_string() ? shown(*value_) : found()));
}

void SourceValue::expected_number(std::string_view what) const {
  refuse("expected " + std::string(what) + ", found " + found());
}

bool SourceValue::is_object_of(std::span<const std::string> known, std::string_view what) const {
  if (!value_->is_object()) {
    expected(std::string(what) + ", an object");
    return false;
  }
  for (const auto& [key, source] : members()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    if (auto hint = other_mock_word(key, what)) {
      source.refuse_key(std::move(*hint));
      continue;
    }
    const auto near = text::nearest(key, known);
    auto message = "unknown key " + in_quotes(key) + " in " + std::string(what);
    if (!near) message += ": expected " + listed(known);
    source.refuse_key(std::move(message), in_quotes_or_nothing(near));
  }
  return true;
}

std::optional<std::string> SourceValue::string(std::string_view what) const {
  if (value_->is_string()) return value_->get<std::string>();
  expected(what);
  return std::nullopt;
}

std::optional<double> SourceValue::number(std::string_view what) const {
  if (value_->is_number()) return value_->get<double>();
  expected_number(what);
  return std::nullopt;
}

std::optional<std::int64_t> SourceValue::integer(std::int64_t least, std::int64_t most,
                                                 std::string_view what) const {
  const auto whole = whole_number(least, most);
  if (!whole) expected_number(what);
  return whole;
}

std::optional<std::int64_t> SourceValue::whole_number(std::int64_t least, std::int64_t most) const {
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
  return whole && *whole >= least && *whole <= most ? whole : std::nullopt;
}

std::optional<std::size_t> SourceValue::one_of(std::span<const std::string> words) const {
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
