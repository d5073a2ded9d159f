#include "rules/index_key.hpp"

#include <algorithm>

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::rules {
namespace {

using Texts = std::vector<std::string>;
using Tokens = std::vector<std::string>;
using Place = RequestField::Place;

// What all of a list names together, when each names some.
template <typename List, typename Each>
std::optional<Texts> union_of(const List& list, const Each& each) {
  Texts together;
  for (const auto& one : list) {
    const auto texts = each(one);
    if (!texts) return std::nullopt;
    together.insert(together.end(), texts->begin(), texts->end());
  }
  return together;
}

// What the first of a list names that names any: all of the list must hold.
template <typename List, typename Each>
std::optional<Texts> first_of(const List& list, const Each& each) {
  for (const auto& one : list)
    if (auto texts = each(one)) return texts;
  return std::nullopt;
}

// The text at `rest` of each value, when each has one there.
std::optional<Texts> texts_in(const std::vector<nlohmann::json>& values, const Tokens& rest) {
  return union_of(values, [&](const nlohmann::json& value) -> std::optional<Texts> {
    const auto* found = text::follow(&value, rest);
    if (found == nullptr || !found->is_string()) return std::nullopt;
    return Texts{found->get<std::string>()};
  });
}

std::optional<Texts> texts_of(const Matcher& matcher, const Tokens& rest, KeyMatch match) {
  if (const auto values = matcher.candidates())
    if (auto texts = texts_in(*values, rest)) return texts;
  return first_of(matcher.tests(), [&](const Matcher::Test& test) -> std::optional<Texts> {
    const auto inner = [&](const Matcher& one) { return texts_of(one, rest, match); };
    if (const auto* subset = std::get_if<Matcher::Subset>(&test)) return texts_in({subset->value}, rest);
    if (const auto* all = std::get_if<Matcher::All>(&test)) return first_of(all->of, inner);
    if (const auto* any = std::get_if<Matcher::Any>(&test)) return union_of(any->of, inner);
    const auto* start = std::get_if<Matcher::StartsWith>(&test);
    if (start && match == KeyMatch::prefix && rest.empty()) return Texts{start->text};
    return std::nullopt;
  });
}

std::optional<Texts> texts_of(const Condition::FieldTest& test, const RequestField& field, KeyMatch match) {
  if (test.field.place != field.place) return std::nullopt;
  if (field.place != Place::body)
    return test.field.name == field.name ? texts_of(test.matcher, {}, match) : std::nullopt;
  // The body member may stand inside the value that the field is about.
  const auto& outer = test.field.tokens;
  if (outer.size() > field.tokens.size() || !std::equal(outer.begin(), outer.end(), field.tokens.begin()))
    return std::nullopt;
  return texts_of(
      test.matcher,
      Tokens(field.tokens.begin() + static_cast<std::ptrdiff_t>(outer.size()), field.tokens.end()), match);
}

// The texts inside a JSON value, as places.
void collect_places(const nlohmann::json& value, const RequestField& field,
                    std::vector<RequestField>& places) {
  if (value.is_string()) places.push_back(field);
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.items()) {
    auto inner = field;
    inner.name += "/" + text::pointer_token(key);
    inner.tokens.push_back(key);
    collect_places(member, inner, places);
  }
}

void collect_places(const Condition& condition, std::vector<RequestField>& places) {
  for (const auto& part : condition.parts()) {
    if (const auto* one = std::get_if<Condition::FieldTest>(&part)) {
      // Nearly every rule and every request share their operation and method: they tell nothing apart.
      if (one->field.place == Place::operation || one->field.place == Place::method) continue;
      places.push_back(one->field);
      for (const auto& test : one->matcher.tests())
        if (const auto* subset = std::get_if<Matcher::Subset>(&test))
          collect_places(subset->value, one->field, places);
    }
    if (const auto* all = std::get_if<Condition::All>(&part))
      for (const auto& inner : all->of) collect_places(inner, places);
    if (const auto* any = std::get_if<Condition::Any>(&part))
      for (const auto& inner : any->of) collect_places(inner, places);
  }
}

// The better a place tells requests apart, the lower.
int rank(Place place) {
  switch (place) {
    case Place::consumer_id:
      return 0;
    case Place::body:
    case Place::query:
      return 1;
    case Place::header:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

std::optional<Texts> texts_at(const Condition& condition, const RequestField& field, KeyMatch match) {
  return first_of(condition.parts(), [&](const Condition::Part& part) -> std::optional<Texts> {
    const auto inner = [&](const Condition& one) { return texts_at(one, field, match); };
    if (const auto* one = std::get_if<Condition::FieldTest>(&part)) return texts_of(*one, field, match);
    if (const auto* all = std::get_if<Condition::All>(&part)) return first_of(all->of, inner);
    if (const auto* any = std::get_if<Condition::Any>(&part)) return union_of(any->of, inner);
    return std::nullopt;
  });
}

std::optional<IndexKey> index_key_of(const Condition& condition) {
  std::vector<RequestField> places;
  collect_places(condition, places);
  std::ranges::stable_sort(places, {}, [](const RequestField& field) { return rank(field.place); });
  for (const auto match : {KeyMatch::whole, KeyMatch::prefix})
    for (const auto& field : places) {
      auto texts = texts_at(condition, field, match);
      if (!texts) continue;
      std::ranges::sort(*texts);
      texts->erase(std::unique(texts->begin(), texts->end()), texts->end());
      return IndexKey{match, field, std::move(*texts)};
    }
  return std::nullopt;
}

}  // namespace vault_mock::rules
