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
#include <string>
#include <vector>

#include "rules/dice.hpp"
#include "rules/reply.hpp"
#include "rules/rule_book.hpp"
#include "rules/rule_state.hpp"
#include "rules/subject.hpp"

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
  Reply reply;
};

// The first rule whose `when` holds, by its index in the book; nothing: no rule can match. Needs no state,
// and so no lock.
std::optional<std::size_t> first_that_may_match(const RuleBook& book, const Subject& subject, Phase phase);

// Begins with the rule at `from`, before which none may match. The caller holds the lock of `state`'s space.
Decision decide(const RuleBook& book, RuleState& state, const Subject& subject, Phase phase, const Dice& dice,
                std::size_t from = 0);

}  // namespace vault_mock::rules
