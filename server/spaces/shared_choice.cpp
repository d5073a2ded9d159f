#include "spaces/shared_choice.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::spaces {
namespace {

std::vector<TakeCandidate::State> states_of(const rules::Rule& rule, std::string_view consumer,
                                            const std::vector<rules::NamedState>& states) {
  std::vector<TakeCandidate::State> result;
  result.reserve(states.size());
  for (const auto& state : states)
    result.push_back({rules::state_key(rule, consumer, state.name), state.value});
  return result;
}

rules::Skipped skipped_of(const TakeResult::Skipped& skipped, std::size_t index, const rules::Rule& rule) {
  using Why = TakeResult::Skipped::Why;
  switch (skipped.why) {
    case Why::state:
      return {.index = index,
              .why = rules::Skipped::Why::state,
              .name = rule.given.at(skipped.given).name,
              .seen = skipped.seen};
    case Why::times:
      return {.index = index, .why = rules::Skipped::Why::times};
    case Why::probability:
      return {.index = index, .why = rules::Skipped::Why::probability};
  }
  return {.index = index};
}

}  // namespace

ChoiceQuestion choice_question(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                               const rules::RequestView& request, const rules::Dice& dice,
                               std::span<const std::size_t> matching) {
  ChoiceQuestion question;
  auto& skipped = question.choice.skipped;
  for (const auto index : matching) {
    const auto& rule = book.at(index);
    const auto rule_switch = switches == nullptr ? rules::RuleSwitch{} : switches->of(rule.identity);
    if (!rule_switch.enabled) {
      skipped.push_back({.index = index, .why = rules::Skipped::Why::off});
      continue;
    }
    if (rule_switch.has_ended(request.now)) {
      skipped.push_back({.index = index, .why = rules::Skipped::Why::ended, .ended_at = rule_switch.ends_at});
      continue;
    }
    const bool is_drawn = rule.probability >= 1 || dice() < rule.probability;
    if (question.candidates.empty() && rule.given.empty() && !rule.times) {
      if (!is_drawn) {
        skipped.push_back({.index = index, .why = rules::Skipped::Why::probability});
        continue;
      }
      if (!rule.counts && rule.sets.empty()) {
        rules::take_step(book, index, 0, dice, question.choice);
        return question;
      }
    }
    question.candidates.push_back(
        {.count = rule.counts ? rules::count_key(rule, request.consumer_id) : std::string(),
         .times = rule.times,
         .is_drawn = is_drawn,
         .given = states_of(rule, request.consumer_id, rule.given),
         .sets = states_of(rule, request.consumer_id, rule.sets)});
    question.indexes.push_back(index);
  }
  return question;
}

// Of the rules that were skipped, those behind the one that matches were not asked.
rules::Choice choice_of(ChoiceQuestion question, const TakeResult& taken, const rules::RuleBook& book,
                        const rules::Dice& dice) {
  auto choice = std::move(question.choice);
  for (const auto& skipped : taken.skipped) {
    const auto index = question.indexes.at(skipped.candidate);
    choice.skipped.push_back(skipped_of(skipped, index, book.at(index)));
  }
  std::ranges::sort(choice.skipped, {}, &rules::Skipped::index);
  if (!taken.chosen) return choice;
  const auto chosen = question.indexes.at(*taken.chosen);
  std::erase_if(choice.skipped, [chosen](const auto& skipped) { return skipped.index > chosen; });
  rules::take_step(book, chosen, taken.count, dice, choice);
  return choice;
}

}  // namespace vault_mock::spaces
