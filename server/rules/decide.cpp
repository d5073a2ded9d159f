#include "rules/decide.hpp"

#include <algorithm>

namespace vault_mock::rules {
namespace {

// The step of a sequence for the count-th match, or null when the sequence is over and the rule passes.
const Respond* step_of(const Rule& rule, std::uint64_t count) {
  const std::uint64_t steps = rule.steps.size();
  if (count == 0 || count <= steps) return &rule.steps[count == 0 ? 0 : count - 1];
  switch (rule.then) {
    case Then::last:
      return &rule.steps.back();
    case Then::repeat:
      return &rule.steps[(count - 1) % steps];
    case Then::pass:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::optional<std::size_t> first_that_may_match(const RuleBook& book, const Subject& subject, Phase phase) {
  std::optional<std::size_t> first;
  book.visit_candidates(phase, subject, [&](std::size_t index, const Rule& rule) {
    if (rule.when.holds(subject)) first = index;
    return first.has_value();
  });
  return first;
}

Decision decide(const RuleBook& book, RuleState& state, const Subject& subject, Phase phase, const Dice& dice,
                std::size_t from) {
  Decision decision;
  const auto consumer = subject.consumer_id;
  book.visit_candidates(phase, subject, [&](std::size_t index, const Rule& rule) {
    if (index < from || !rule.when.holds(subject)) return false;
    for (const auto& wanted : rule.given) {
      auto seen = state.state(rule, consumer, wanted.name);
      if (seen == wanted.value) continue;
      decision.skipped.push_back({index, Skipped::Why::state, wanted.name, std::move(seen)});
      return false;
    }
    if (rule.times && state.count(rule, consumer) >= *rule.times) {
      decision.skipped.push_back({index, Skipped::Why::times, {}, {}});
      return false;
    }
    if (rule.probability < 1 && dice() >= rule.probability) {
      decision.skipped.push_back({index, Skipped::Why::probability, {}, {}});
      return false;
    }
    decision.rule = &rule;
    decision.index = index;
    if (rule.counts) decision.count = state.add_match(rule, consumer);
    for (const auto& change : rule.sets) state.set_state(rule, consumer, change);
    if (const auto* step = step_of(rule, decision.count))
      decision.reply = reply_of(*step, {subject, decision.count, dice});
    return true;
  });
  return decision;
}

}  // namespace vault_mock::rules
