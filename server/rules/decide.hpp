// Which rule decides a request, and what it answers.
//
//   1. The first rule of the book that matches decides; no later one is asked, not even when it says `pass`.
//   2. A rule matches when its `when` holds, then its `given`, then `times` is not used up, then the dice
//   allow it.
//   3. When it matches, it is counted, sets its states, and its next step answers.
//
// Nothing is allocated when no rule matches.
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

namespace vault_mock::rules {

// A rule whose `when` held and that was passed over all the same.
struct Skipped {
  enum class Why { state, times, probability };
  std::size_t index;  // in the book
  Why why;
  std::string name;                 // of the first state of `given` that differs
  std::optional<std::string> seen;  // its value
};

// Which rule it was, and which were passed over: what an explanation needs.
struct Verdict {
  const Rule* rule = nullptr;  // null: none matched. Lives as long as the book
  std::size_t index = 0;       // of the rule in the book
  std::uint64_t count = 0;     // how often it has matched, this time included; 0 when nothing asks for it
  std::vector<Skipped> skipped;
};

struct Decision : Verdict {
  RenderedAnswer answer;
};

// A verdict whose answer is not rendered yet.
struct Choice : Verdict {
  const AnswerTemplate* step = nullptr;  // of the rule; null: it passes. Lives as long as the book
};

// The rules whose `when` holds, by their indexes in the book, up to the first that matches whatever the state
// is. Asks each condition once. Needs no state, and so no lock: conditions may be dear.
std::vector<std::size_t> matching_rules(const RuleBook& book, const RequestView& request, Phase phase);

// Which of these it is. Moves counts and states on; the caller holds the lock of `state`'s space.
Choice choose(const RuleBook& book, RuleState& state, const RequestView& request, const Dice& dice,
              std::span<const std::size_t> matching);

// The verdict with its answer. Needs no state: what is filled in may be long.
Decision answered(Choice choice, const RequestView& request, const Dice& dice);

// The three in one, for whoever has the state alone.
Decision decide(const RuleBook& book, RuleState& state, const RequestView& request, Phase phase,
                const Dice& dice);

}  // namespace vault_mock::rules
