#include "rules/matching/matcher.hpp"

#include <algorithm>
#include <compare>

#include "text/json/json_number.hpp"
#include "text/utf8.hpp"

namespace vault_mock::rules {
namespace {

using nlohmann::json;

bool subset_of(const json& wanted, const json& value) {
  if (wanted.is_object()) {
    if (!value.is_object()) return false;
    for (const auto& [key, member] : wanted.items()) {
      const auto found = value.find(key);
      if (found == value.end() || !subset_of(member, *found)) return false;
    }
    return true;
  }
  if (wanted.is_array())
    return value.is_array() &&
           std::equal(wanted.begin(), wanted.end(), value.begin(), value.end(), subset_of);
  return wanted == value;
}

bool equal(const json& wanted, const FieldValue& value) {
  if (const auto* own = value.json()) return wanted == *own;
  const auto text = value.text();
  return text && wanted.is_string() && wanted.get_ref<const std::string&>() == *text;
}

// Characters, elements or members; nullopt: it has none of these.
std::optional<std::size_t> length_of(const FieldValue& value) {
  if (const auto text = value.text()) return text::count_characters(*text);
  const auto* own = value.json();
  return own && own->is_structured() ? std::optional(own->size()) : std::nullopt;
}

struct MatcherHolds {
  const FieldValue& value;
  Undecided undecided;

  bool operator()(const Matcher::Equals& t) const { return equal(t.value, value); }
  bool operator()(const Matcher::Subset& t) const {
    return value.json() && subset_of(t.value, *value.json());
  }
  bool operator()(const Matcher::In& t) const {
    return std::ranges::any_of(t.values, [&](const json& wanted) { return equal(wanted, value); });
  }
  bool operator()(const Matcher::Contains& t) const {
    if (const auto text = value.text())
      return t.value.is_string() && text->find(t.value.get_ref<const std::string&>()) != text->npos;
    const auto* own = value.json();
    return own && own->is_array() &&
           std::ranges::any_of(*own, [&](const json& element) { return subset_of(t.value, element); });
  }
  bool operator()(const Matcher::StartsWith& t) const {
    const auto text = value.text();
    return text && text->starts_with(t.text);
  }
  bool operator()(const Matcher::EndsWith& t) const {
    const auto text = value.text();
    return text && text->ends_with(t.text);
  }
  bool operator()(const Matcher::Matches& t) const {
    const auto text = value.text();
    if (!text) return false;
    const auto found = t.regex.search(*text);
    return found == text::Regex::Found::yes ||
           (found == text::Regex::Found::too_long && undecided == Undecided::holds);
  }
  bool operator()(const Matcher::Exists& t) const { return value.missing() != t.wanted; }
  bool operator()(const Matcher::Compare& t) const {
    const auto number = value.number();
    const auto order = number ? text::compare_numbers(*number, t.bound) : std::partial_ordering::unordered;
    switch (t.order) {
      case Matcher::Compare::Order::greater:
        return order > 0;
      case Matcher::Compare::Order::at_least:
        return order >= 0;
      case Matcher::Compare::Order::less:
        return order < 0;
      case Matcher::Compare::Order::at_most:
        return order <= 0;
    }
    return false;
  }
  bool operator()(const Matcher::Length& t) const {
    const auto length = length_of(value);
    if (!length) return false;
    const json number = *length;
    return t.of.front().holds(FieldValue(&number));
  }
  bool operator()(const Matcher::Empty& t) const {
    const auto length = length_of(value);
    return length && (*length == 0) == t.wanted;
  }
  bool operator()(const Matcher::Schema& t) const {
    if (!value.json()) return false;
    const auto verdict = t.judge(*value.json()).is;
    return verdict == SchemaVerdict::Is::accepted ||
           (verdict == SchemaVerdict::Is::undecided && undecided == Undecided::holds);
  }
  bool operator()(const Matcher::Any& t) const {
    return std::ranges::any_of(t.of, [&](const Matcher& m) { return m.holds(value, undecided); });
  }
  bool operator()(const Matcher::All& t) const {
    return std::ranges::all_of(t.of, [&](const Matcher& m) { return m.holds(value, undecided); });
  }
  bool operator()(const Matcher::Not& t) const { return !t.of.front().holds(value, !undecided); }
};

}  // namespace

bool Matcher::holds(const Test& test, const FieldValue& value, Undecided undecided) {
  return std::visit(MatcherHolds{value, undecided}, test);
}

bool Matcher::holds(const FieldValue& value, Undecided undecided) const {
  return std::ranges::all_of(tests_, [&](const Test& test) { return holds(test, value, undecided); });
}

std::optional<std::vector<json>> Matcher::candidates() const {
  for (const auto& test : tests_) {
    if (const auto* equals = std::get_if<Equals>(&test)) return std::vector{equals->value};
    if (const auto* in = std::get_if<In>(&test)) return in->values;
    if (const auto* all = std::get_if<All>(&test)) {
      for (const auto& matcher : all->of)
        if (auto known = matcher.candidates()) return known;
    }
    if (const auto* any = std::get_if<Any>(&test)) {
      std::vector<json> together;
      const bool known = std::ranges::all_of(any->of, [&](const Matcher& matcher) {
        const auto some = matcher.candidates();
        if (some) together.insert(together.end(), some->begin(), some->end());
        return some.has_value();
      });
      if (known) return together;
    }
  }
  return std::nullopt;
}

}  // namespace vault_mock::rules
