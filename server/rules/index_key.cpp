#include "rules/index_key.hpp"

#include <algorithm>

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::rules {
namespace {

using Texts = std::vector<std::string>;
using Tokens = std::vector<std::string>;
using Place = Location::Place;

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

std::optional<Texts> texts_of(const Matcher& matcher, const Tokens& rest, Naming naming) {
  if (const auto values = matcher.candidates())
    if (auto texts = texts_in(*values, rest)) return texts;
  return first_of(matcher.tests(), [&](const Matcher::Test& test) -> std::optional<Texts> {
    const auto inner = [&](const Matcher& one) { return texts_of(one, rest, naming); };
    if (const auto* subset = std::get_if<Matcher::Subset>(&test)) return texts_in({subset->value}, rest);
    if (const auto* all = std::get_if<Matcher::All>(&test)) return first_of(all->of, inner);
    if (const auto* any = std::get_if<Matcher::Any>(&test)) return union_of(any->of, inner);
    const auto* start = std::get_if<Matcher::StartsWith>(&test);
    if (start && naming == Naming::start && rest.empty()) return Texts{start->text};
    return std::nullopt;
  });
}

std::optional<Texts> texts_of(const Condition::Field& field, const Location& at, Naming naming) {
  if (field.at.place != at.place) return std::nullopt;
  if (at.place != Place::body)
    return field.at.name == at.name ? texts_of(field.matcher, {}, naming) : std::nullopt;
  // The body member may stand inside the value that the field is about.
  const auto& outer = field.at.tokens;
  if (outer.size() > at.tokens.size() || !std::equal(outer.begin(), outer.end(), at.tokens.begin()))
    return std::nullopt;
  return texts_of(field.matcher,
                  Tokens(at.tokens.begin() + static_cast<std::ptrdiff_t>(outer.size()), at.tokens.end()),
                  naming);
}

// The texts inside a JSON value, as places.
void collect_places(const nlohmann::json& value, const Location& at, std::vector<Location>& places) {
  if (value.is_string()) places.push_back(at);
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.items()) {
    auto inner = at;
    inner.name += "/" + text::pointer_token(key);
    inner.tokens.push_back(key);
    collect_places(member, inner, places);
  }
}

void collect_places(const Condition& condition, std::vector<Location>& places) {
  for (const auto& part : condition.parts()) {
    if (const auto* field = std::get_if<Condition::Field>(&part)) {
      // Nearly every rule and every request share their operation and method: they tell nothing apart.
      if (field->at.place == Place::operation || field->at.place == Place::method) continue;
      places.push_back(field->at);
      for (const auto& test : field->matcher.tests())
        if (const auto* subset = std::get_if<Matcher::Subset>(&test))
          collect_places(subset->value, field->at, places);
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

std::optional<Texts> texts_at(const Condition& condition, const Location& at, Naming naming) {
  return first_of(condition.parts(), [&](const Condition::Part& part) -> std::optional<Texts> {
    const auto inner = [&](const Condition& one) { return texts_at(one, at, naming); };
    if (const auto* field = std::get_if<Condition::Field>(&part)) return texts_of(*field, at, naming);
    if (const auto* all = std::get_if<Condition::All>(&part)) return first_of(all->of, inner);
    if (const auto* any = std::get_if<Condition::Any>(&part)) return union_of(any->of, inner);
    return std::nullopt;
  });
}

std::optional<Anchor> anchor_of(const Condition& condition) {
  std::vector<Location> places;
  collect_places(condition, places);
  std::ranges::stable_sort(places, {}, [](const Location& at) { return rank(at.place); });
  for (const auto naming : {Naming::whole, Naming::start})
    for (const auto& at : places) {
      auto texts = texts_at(condition, at, naming);
      if (!texts) continue;
      std::ranges::sort(*texts);
      texts->erase(std::unique(texts->begin(), texts->end()), texts->end());
      return Anchor{naming, at, std::move(*texts)};
    }
  return std::nullopt;
}

}  // namespace vault_mock::rules
