#include "rules/matching/condition.hpp"

#include <algorithm>

#include "rules/matching/request_field.hpp"

namespace vault_mock::rules {
namespace {

struct ConditionHolds {
  const RequestView& request;
  Undecided undecided = Undecided::fails;

  bool operator()(const Condition::FieldTest& test) const {
    return any_value(test.field, request,
                     [&](const FieldValue& value) { return test.matcher.holds(value, undecided); });
  }
  bool operator()(const Condition::Any& any) const {
    return std::ranges::any_of(any.of, [&](const Condition& c) { return c.holds(request, undecided); });
  }
  bool operator()(const Condition::All& all) const {
    return std::ranges::all_of(all.of, [&](const Condition& c) { return c.holds(request, undecided); });
  }
  bool operator()(const Condition::Not& negation) const {
    return !negation.of.front().holds(request, !undecided);
  }
};

// Cheap parts first, so that a request with another consumer costs no walk through its body.
int cost(const Condition::Part& part) {
  const auto* test = std::get_if<Condition::FieldTest>(&part);
  if (test == nullptr) return 3;
  if (test->field.place == RequestField::Place::body || test->field.place == RequestField::Place::query)
    return 2;
  return test->field.place == RequestField::Place::header ? 1 : 0;
}

}  // namespace

Condition::Condition(std::vector<Part> parts) : parts_(std::move(parts)) {
  std::ranges::stable_sort(parts_, {}, [](const Part& part) { return cost(part); });
}

bool Condition::holds(const Part& part, const RequestView& request, Undecided undecided) {
  return std::visit(ConditionHolds{request, undecided}, part);
}

bool Condition::holds(const RequestView& request, Undecided undecided) const {
  return std::ranges::all_of(parts_, [&](const Part& part) { return holds(part, request, undecided); });
}

}  // namespace vault_mock::rules
