// What a rule wants of one value: a literal or an object of tests, all of which must hold.
//
// Immutable and safe to use from many threads. A missing value passes `exists: false` and `not`, and nothing
// else.
//
// `matches` and `schema` may take too long to decide (text/regex.hpp, schema_check.hpp). Such a test is
// undecided, and the caller says whether undecided tests hold. Inside `not` it is the other way round, so
// that a matcher which holds with Undecided::fails holds for certain, and one which fails with
// Undecided::holds fails for certain.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/matching/field_value.hpp"
#include "rules/matching/schema_check.hpp"
#include "text/regex.hpp"

namespace vault_mock::rules {

// What an undecided test counts as. Requests are answered with `fails`.
enum class Undecided { fails, holds };

constexpr Undecided operator!(Undecided undecided) {
  return undecided == Undecided::fails ? Undecided::holds : Undecided::fails;
}

class Matcher {
 public:
  struct Equals {
    nlohmann::json value;
    friend bool operator==(const Equals&, const Equals&) = default;
  };
  // Each member of an object, recursively; arrays element by element.
  struct Subset {
    nlohmann::json value;
    friend bool operator==(const Subset&, const Subset&) = default;
  };
  struct In {
    std::vector<nlohmann::json> values;
    friend bool operator==(const In&, const In&) = default;
  };
  // A part of a text, or an element of an array.
  struct Contains {
    nlohmann::json value;
    friend bool operator==(const Contains&, const Contains&) = default;
  };
  struct StartsWith {
    std::string text;
    friend bool operator==(const StartsWith&, const StartsWith&) = default;
  };
  struct EndsWith {
    std::string text;
    friend bool operator==(const EndsWith&, const EndsWith&) = default;
  };
  struct Matches {
    text::Regex regex;
    friend bool operator==(const Matches&, const Matches&) = default;
  };
  struct Exists {
    bool wanted = true;
    friend bool operator==(const Exists&, const Exists&) = default;
  };
  struct Compare {
    enum class Order { greater, at_least, less, at_most } order;
    nlohmann::json bound;  // a number
    friend bool operator==(const Compare&, const Compare&) = default;
  };
  // Of characters, elements or members; one matcher.
  struct Length {
    std::vector<Matcher> of;
    friend bool operator==(const Length&, const Length&) = default;
  };
  // Without characters, elements or members. What cannot have any is neither empty nor not.
  struct Empty {
    bool wanted = true;
    friend bool operator==(const Empty&, const Empty&) = default;
  };
  struct Schema {
    SchemaCheck judge;
    friend bool operator==(const Schema&, const Schema&) { return false; }  // nobody can tell
  };
  struct Any {
    std::vector<Matcher> of;
    friend bool operator==(const Any&, const Any&) = default;
  };
  struct All {
    std::vector<Matcher> of;
    friend bool operator==(const All&, const All&) = default;
  };
  // One matcher.
  struct Not {
    std::vector<Matcher> of;
    friend bool operator==(const Not&, const Not&) = default;
  };
  using Test = std::variant<Equals, Subset, In, Contains, StartsWith, EndsWith, Matches, Exists, Compare,
                            Length, Empty, Schema, Any, All, Not>;

  explicit Matcher(std::vector<Test> tests) : tests_(std::move(tests)) {}

  bool holds(const FieldValue& value, Undecided undecided = Undecided::fails) const;
  static bool holds(const Test& test, const FieldValue& value, Undecided undecided = Undecided::fails);

  // In words, what the first test that does not hold wants: "something that starts with 'retry-'". Call it
  // only when one does not hold.
  std::string wanted(const FieldValue& value) const;

  // The same for all tests.
  std::string described() const;

  // The only values that can hold, as listed by a literal or `in`; nullopt when there may be others.
  std::optional<std::vector<nlohmann::json>> candidates() const;

  const std::vector<Test>& tests() const { return tests_; }

  // True only when both hold for the same values.
  friend bool operator==(const Matcher&, const Matcher&) = default;

 private:
  std::vector<Test> tests_;
};

}  // namespace vault_mock::rules
