#include "rules/matching/matcher.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>
#include <concepts>
#include <limits>
#include <type_traits>

#include "text/json/json_document.hpp"
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

// An integer as it is: as a double it would lose its last digits beyond 2^53.
template <std::integral Integer>
std::partial_ordering compare(Integer number, double bound) {
  constexpr auto kDigits = std::numeric_limits<Integer>::digits;  // 63, or 64 without a sign
  const double beyond = std::ldexp(1.0, kDigits);
  if (std::isnan(bound)) return std::partial_ordering::unordered;
  if (bound >= beyond) return std::partial_ordering::less;
  if (bound < (std::is_signed_v<Integer> ? -beyond : 0.0)) return std::partial_ordering::greater;
  const double whole = std::floor(bound);
  const auto order = number <=> static_cast<Integer>(whole);
  if (order != 0 || whole == bound) return order;
  return std::partial_ordering::less;
}

// Unordered: it is no number.
std::partial_ordering compare(const FieldValue& value, double bound) {
  if (const auto* own = value.json()) {
    if (own->is_number_unsigned()) return compare(own->get<std::uint64_t>(), bound);
    if (own->is_number_integer()) return compare(own->get<std::int64_t>(), bound);
  } else if (const auto text = value.text()) {
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), integer);
    if (error == std::errc() && end == text->data() + text->size()) return compare(integer, bound);
  }
  const auto number = value.number();
  return number ? *number <=> bound : std::partial_ordering::unordered;
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
    const auto order = compare(value, t.bound);
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
    json length;
    if (const auto text = value.text()) {
      length = text::count_characters(*text);
    } else if (const auto* own = value.json(); own && own->is_structured()) {
      length = own->size();
    } else {
      return false;
    }
    return t.of.front().holds(FieldValue(&length));
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

template <typename Items, typename Words>
std::string joined(const Items& items, std::string_view between, Words words) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += between;
    text += words(item);
  }
  return text;
}

// A text in single quotes when the value at hand is one, JSON otherwise.
struct Words {
  std::string literal(const json& wanted) const {
    if (wanted.is_string()) return FieldValue(std::string_view(wanted.get_ref<const std::string&>())).shown();
    return shown(wanted);
  }
  std::string quoted(const std::string& text) const { return FieldValue(std::string_view(text)).shown(); }
  std::string all(const std::vector<Matcher>& matchers, std::string_view between) const {
    return joined(matchers, between, [](const Matcher& m) { return m.described(); });
  }

  std::string operator()(const Matcher::Equals& t) const { return literal(t.value); }
  std::string operator()(const Matcher::Subset& t) const { return "at least " + shown(t.value); }
  std::string operator()(const Matcher::In& t) const {
    return "one of " + joined(t.values, ", ", [this](const json& value) { return literal(value); });
  }
  std::string operator()(const Matcher::Contains& t) const {
    return "something that contains " + literal(t.value);
  }
  std::string operator()(const Matcher::StartsWith& t) const {
    return "something that starts with " + quoted(t.text);
  }
  std::string operator()(const Matcher::EndsWith& t) const {
    return "something that ends with " + quoted(t.text);
  }
  std::string operator()(const Matcher::Matches& t) const {
    return "a text that matches /" + t.regex.pattern() + "/";
  }
  std::string operator()(const Matcher::Exists& t) const { return t.wanted ? "any value" : "none"; }
  std::string operator()(const Matcher::Compare& t) const {
    constexpr double kWholeBelow = 0x1p53;
    const bool whole = std::abs(t.bound) < kWholeBelow && t.bound == std::trunc(t.bound);
    const auto bound = whole ? std::to_string(static_cast<std::int64_t>(t.bound)) : text::dump(t.bound);
    switch (t.order) {
      case Matcher::Compare::Order::greater:
        return "a number greater than " + bound;
      case Matcher::Compare::Order::at_least:
        return "a number of at least " + bound;
      case Matcher::Compare::Order::less:
        return "a number less than " + bound;
      case Matcher::Compare::Order::at_most:
        return "a number of at most " + bound;
    }
    return {};
  }
  std::string operator()(const Matcher::Length& t) const { return "a length of " + t.of.front().described(); }
  std::string operator()(const Matcher::Schema&) const { return "a value that its schema accepts"; }
  std::string operator()(const Matcher::Any& t) const { return all(t.of, " or "); }
  std::string operator()(const Matcher::All& t) const { return all(t.of, " and "); }
  std::string operator()(const Matcher::Not& t) const { return "anything but " + t.of.front().described(); }
};

}  // namespace

bool Matcher::holds(const FieldValue& value, Undecided undecided) const {
  return std::ranges::all_of(tests_, [&](const Test& test) {
    return std::visit(MatcherHolds{value, undecided}, test);
  });
}

std::string Matcher::wanted(const FieldValue& value) const {
  for (const auto& test : tests_) {
    if (std::visit(MatcherHolds{value, Undecided::fails}, test)) continue;
    if (const auto* all = std::get_if<All>(&test))
      for (const auto& matcher : all->of)
        if (!matcher.holds(value)) return matcher.wanted(value);
    auto words = std::visit(Words{}, test);
    if (std::visit(MatcherHolds{value, Undecided::holds}, test))
      return words + " (this one takes too long to judge)";
    if (const auto* schema = std::get_if<Schema>(&test); schema && value.json())
      words += " (refused by " + schema->judge(*value.json()).reason + ")";
    return words;
  }
  return described();
}

std::string Matcher::described() const {
  return joined(tests_, " and ", [](const Test& test) { return std::visit(Words{}, test); });
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
