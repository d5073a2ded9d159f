#include "rules/recorded_verdict.hpp"

#include <utility>

namespace vault_mock::rules {
namespace {

NamedRule named(const Rule& rule) { return {.identity = rule.identity, .label = rule.label}; }

}  // namespace

RecordedVerdict recorded(Verdict verdict, const RuleBook& book) {
  RecordedVerdict result;
  if (verdict.rule != nullptr) result.rule = named(*verdict.rule);
  result.skipped.reserve(verdict.skipped.size());
  for (auto& skipped : verdict.skipped)
    result.skipped.push_back({.rule = named(book.at(skipped.index)),
                              .why = skipped.why,
                              .ended_at = skipped.ended_at,
                              .name = std::move(skipped.name),
                              .seen = std::move(skipped.seen)});
  return result;
}

}  // namespace vault_mock::rules
