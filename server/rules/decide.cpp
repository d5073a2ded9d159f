#include "rules/decide.hpp"

#include <algorithm>
#include <numeric>

namespace vault_mock::rules {
namespace {

const AnswerTemplate& draw_step(const Rule& rule, const Dice& dice) {
  double left = dice() * std::accumulate(rule.weights.begin(), rule.weights.end(), 0.0);
  for (std::size_t i = 0; i < rule.steps.size(); ++i)
    if ((left -= rule.weights[i]) < 0) return rule.steps[i];
  return rule.steps.back();
}

// The step for the count-th match, or null when the sequence is over and the rule passes.
const AnswerTemplate* step_of(const Rule& rule, std::uint64_t count, const Dice& dice) {
  if (!rule.weights.empty()) return &draw_step(rule, dice);
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

bool decides_in_any_state(const Rule& rule) {
  return rule.given.empty() && !rule.times && rule.probability >= 1;
}

}  // namespace

std::vector<std::size_t> matching_rules(const RuleBook& book, const RuleSwitches* switches,
                                        const RequestView& request, Phase phase) {
  std::vector<std::size_t> matching;
  book.visit_candidates(phase, request, [&](std::size_t index, const Rule& rule) {
    if (!rule.when.holds(request)) return false;
    matching.push_back(index);
    return decides_in_any_state(rule) && (switches == nullptr || !switches->has(rule.identity));
  });
  return matching;
}

Choice choose(const RuleBook& book, const RuleSwitches* switches, RuleState& state,
              const RequestView& request, const Dice& dice, std::span<const std::size_t> matching) {
  Choice choice;
  const auto consumer = request.consumer_id;
  const auto matches = [&](std::size_t index) {
    const auto& rule = book.at(index);
    const auto rule_switch = switches == nullptr ? RuleSwitch{} : switches->of(rule.identity);
    if (!rule_switch.enabled) {
      choice.skipped.push_back({.index = index, .why = Skipped::Why::off});
      return false;
    }
    if (rule_switch.has_ended(request.now)) {
      choice.skipped.push_back({.index = index, .why = Skipped::Why::ended, .ended_at = rule_switch.ends_at});
      return false;
    }
    for (const auto& wanted : rule.given) {
      auto seen = state.state(rule, consumer, wanted.name);
      if (seen == wanted.value) continue;
      choice.skipped.push_back(
          {.index = index, .why = Skipped::Why::state, .name = wanted.name, .seen = std::move(seen)});
      return false;
    }
    if (rule.times && state.count(rule, consumer) >= *rule.times) {
      choice.skipped.push_back({.index = index, .why = Skipped::Why::times});
      return false;
    }
    if (rule.probability < 1 && dice() >= rule.probability) {
      choice.skipped.push_back({.index = index, .why = Skipped::Why::probability});
      return false;
    }
    return true;
  };
  const auto found = std::ranges::find_if(matching, matches);
  if (found == matching.end()) return choice;
  const auto& rule = book.at(*found);
  state.note_hit(rule, request.now);
  const auto count = rule.counts ? state.add_match(rule, consumer) : 0;
  for (const auto& change : rule.sets) state.set_state(rule, consumer, change);
  take_step(book, *found, count, dice, choice);
  return choice;
}

void take_step(const RuleBook& book, std::size_t index, std::uint64_t count, const Dice& dice,
               Choice& choice) {
  choice.rule = &book.at(index);
  choice.index = index;
  choice.count = count;
  choice.step = step_of(*choice.rule, count, dice);
}

Decision answered(Choice choice, const RequestView& request, const Dice& dice) {
  Decision decision;
  const auto* step = choice.step;
  static_cast<Verdict&>(decision) = std::move(choice);
  if (step != nullptr) decision.answer = render(*step, {request, decision.count, dice});
  return decision;
}

Decision decide(const RuleBook& book, RuleState& state, const RequestView& request, Phase phase,
                const Dice& dice) {
  return answered(choose(book, nullptr, state, request, dice, matching_rules(book, nullptr, request, phase)),
                  request, dice);
}

}  // namespace vault_mock::rules
