// What a matcher wants, in words.
#include <string_view>

#include "rules/matching/matcher.hpp"

namespace vault_mock::rules {
namespace {

using nlohmann::json;

template <typename Items, typename Words>
std::string joined(const Items& items, std::string_view between, Words words) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += between;
    text += words(item);
  }
  return text;
}

// Values are written as JSON.
struct Words {
  std::string all(const std::vector<Matcher>& matchers, std::string_view between) const {
    return joined(matchers, between, [](const Matcher& m) { return m.described(); });
  }

  std::string operator()(const Matcher::Equals& t) const { return shown(t.value); }
  std::string operator()(const Matcher::Subset& t) const { return "at least " + shown(t.value); }
  std::string operator()(const Matcher::In& t) const {
    return "one of " + joined(t.values, ", ", [](const json& value) { return shown(value); });
  }
  std::string operator()(const Matcher::Contains& t) const {
    return "something that contains " + shown(t.value);
  }
  std::string operator()(const Matcher::StartsWith& t) const {
    return "something that starts with " + shown(t.text);
  }
  std::string operator()(const Matcher::EndsWith& t) const {
    return "something that ends with " + shown(t.text);
  }
  std::string operator()(const Matcher::Matches& t) const {
    return "a text that matches /" + t.regex.pattern() + "/";
  }
  std::string operator()(const Matcher::Exists& t) const { return t.wanted ? "any value" : "none"; }
  std::string operator()(const Matcher::Compare& t) const {
    const auto bound = shown(t.bound);
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
  std::string operator()(const Matcher::Empty& t) const {
    return t.wanted ? "something empty" : "something that is not empty";
  }
  std::string operator()(const Matcher::Schema&) const { return "a value that its schema accepts"; }
  std::string operator()(const Matcher::Any& t) const { return all(t.of, " or "); }
  std::string operator()(const Matcher::All& t) const { return all(t.of, " and "); }
  std::string operator()(const Matcher::Not& t) const { return "anything but " + t.of.front().described(); }
};

}  // namespace

std::string Matcher::wanted(const FieldValue& value) const {
  for (const auto& test : tests_) {
    if (holds(test, value)) continue;
    if (const auto* all = std::get_if<All>(&test))
      for (const auto& matcher : all->of)
        if (!matcher.holds(value)) return matcher.wanted(value);
    auto words = std::visit(Words{}, test);
    if (holds(test, value, Undecided::holds)) return words + " (this one takes too long to judge)";
    if (const auto* schema = std::get_if<Schema>(&test); schema && value.json())
      words += " (refused by " + schema->judge(*value.json()).reason + ")";
    return words;
  }
  return described();
}

std::string Matcher::described() const {
  return joined(tests_, " and ", [](const Test& test) { return std::visit(Words{}, test); });
}

}  // namespace vault_mock::rules
