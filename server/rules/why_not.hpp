// Why the rules before the deciding one did not decide, in words. Made only when somebody asks for the
// explanation of a request, never while the request is answered. Pure: needs no state and no lock.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/recorded_verdict.hpp"

namespace vault_mock::rules {

struct RuleReason {
  std::string label;   // of the rule
  std::string reason;  // "consumer_id: expected "acme", was "bob""
};

struct RuleReasons {
  std::vector<RuleReason> rules;  // of the phase, up to the deciding one, in the book's order
  std::size_t omitted = 0;        // further rules, left out to keep the list short
};

// `request` and `phase` are those that `verdict` was made for, from `book` or one of the same rules. Rules that
// were skipped because of their state, `times` or probability are always listed; of those whose condition does
// not hold, the first ones, until the list has `limit` rules. A verdict may come from anywhere: of a rule that
// cannot have been skipped so, it is only said that it did not match.
RuleReasons why_not(const RuleBook& book, const RequestView& request, Phase phase,
                    const RecordedVerdict& verdict, std::size_t limit = 100);

}  // namespace vault_mock::rules
