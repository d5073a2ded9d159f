#include "rules/language/implication.hpp"

#include <algorithm>

namespace vault_mock::rules {
namespace {

using Facts = std::vector<const Condition::Part*>;

// What certainly holds: the parts of a condition, those inside `all` included.
void collect_facts(const Condition& condition, Facts& facts) {
  for (const auto& part : condition.parts()) {
    facts.push_back(&part);
    if (const auto* all = std::get_if<Condition::All>(&part))
      for (const auto& inner : all->of) collect_facts(inner, facts);
  }
}

enum class ValueKind { text, json };

// Whether `wide` certainly holds for every value for which `narrow` holds.
bool implies(const Matcher& narrow, const Matcher& wide, ValueKind kind) {
  if (const auto values = narrow.candidates())
    return std::ranges::all_of(*values, [&](const nlohmann::json& value) {
      return wide.holds(kind == ValueKind::text ? FieldValue(value.get_ref<const std::string&>())
                                                : FieldValue(&value));
    });
  return std::ranges::all_of(wide.tests(), [&](const Matcher::Test& wanted) {
    return std::ranges::find(narrow.tests(), wanted) != narrow.tests().end();
  });
}

bool implies(const Facts& facts, const Condition& wide);

struct FollowsFrom {
  const Facts& facts;

  bool known(const auto& part) const {
    return std::ranges::any_of(facts, [&](const Condition::Part* fact) {
      const auto* same = std::get_if<std::remove_cvref_t<decltype(part)>>(fact);
      return same && *same == part;
    });
  }
  bool operator()(const Condition::FieldTest& wide) const {
    const auto kind = wide.field.place == RequestField::Place::body ? ValueKind::json : ValueKind::text;
    return std::ranges::any_of(facts, [&](const Condition::Part* fact) {
      const auto* test = std::get_if<Condition::FieldTest>(fact);
      return test && test->field == wide.field && implies(test->matcher, wide.matcher, kind);
    });
  }
  bool operator()(const Condition::Any& wide) const {
    return known(wide) || std::ranges::any_of(wide.of, [&](const Condition& c) { return implies(facts, c); });
  }
  bool operator()(const Condition::All& wide) const {
    return std::ranges::all_of(wide.of, [&](const Condition& c) { return implies(facts, c); });
  }
  bool operator()(const Condition::Not& wide) const { return known(wide); }
};

bool implies(const Facts& facts, const Condition& wide) {
  return std::ranges::all_of(
      wide.parts(), [&](const Condition::Part& part) { return std::visit(FollowsFrom{facts}, part); });
}

}  // namespace

bool implies(const Condition& narrow, const Condition& wide) {
  Facts facts;
  collect_facts(narrow, facts);
  return implies(facts, wide);
}

}  // namespace vault_mock::rules
