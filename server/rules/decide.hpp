// Decides which rule a request matches, and what it answers.
//
//   1. The first rule of the book that matches decides. No later rule is tried, even if it answers `pass`.
//   2. A rule matches when it is not switched off and has not ended, its `when` holds, then its `given`
//      holds, then `times` is not used up, then the dice allow its `probability`.
//   3. A rule that matches is counted, sets its states, and answers with its next step, or with one that the
//      dice draw.
//
// Split into three functions so that only choose() needs the state, and with it the space's lock. Nothing is
// allocated when no rule's `when` holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/answering/dice.hpp"
#include "rules/answering/rendered_answer.hpp"
#include "rules/matching/request_view.hpp"
#include "rules/rule_book.hpp"
#include "rules/rule_state.hpp"
#include "rules/rule_switches.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::rules {

// A rule whose `when` held, but that did not match.
struct Skipped {
  enum class Why { off, ended, state, times, probability };
  std::size_t index = 0;  // in the book
  Why why = Why::off;
  std::optional<text::Timestamp> ended_at = {};  // ended
  std::string name = {};                         // state: of the first one of `given` that differs
  std::optional<std::string> seen = {};          // state: its value
};

// Which rule decided, and which were skipped. Kept for explanations (why_not.hpp).
struct Verdict {
  const Rule* rule = nullptr;  // nullptr: none matched. Lives as long as the book
  std::size_t index = 0;       // of the rule in the book
  std::uint64_t count = 0;     // how often it has matched, including this time; 0 when nothing uses the count
  std::vector<Skipped> skipped;
  bool is_by_own_count = false;  // replicas share their counts, but this was counted here alone
};

struct Decision : Verdict {
  RenderedAnswer answer;
};

// A verdict whose answer is not yet rendered.
struct Choice : Verdict {
  const AnswerTemplate* step = nullptr;  // of the rule; nullptr: it passes. Lives as long as the book
};

// Step 1, without a lock, since conditions may be slow. The indexes of the rules whose `when` holds, up to
// the first that needs no state, count or dice to match. Tests each condition once. `switches` null: no rule
// has one.
std::vector<std::size_t> matching_rules(const RuleBook& book, const RuleSwitches* switches,
                                        const RequestView& request, Phase phase);

// Step 2, with the lock of `state`'s space held. Which of the `matching` rules decides. Updates hits,
// counts and states.
Choice choose(const RuleBook& book, const RuleSwitches* switches, RuleState& state,
              const RequestView& request, const Dice& dice, std::span<const std::size_t> matching);

// What follows from the rule of that index matching for the count-th time, as choose() does: its step, drawn
// where it is drawn.
void take_step(const RuleBook& book, std::size_t index, std::uint64_t count, const Dice& dice,
               Choice& choice);

// Step 3, without a lock, since texts may be long. The verdict with its answer rendered.
Decision answered(Choice choice, const RequestView& request, const Dice& dice);

// All three steps, for a caller that needs no lock.
Decision decide(const RuleBook& book, RuleState& state, const RequestView& request, Phase phase,
                const Dice& dice);

}  // namespace vault_mock::rules
