// Finds rules that can never match because of other rules, for the warnings of `vault-mock check`.
// (contract_conflicts.hpp finds those that contradict the contract.)
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/rule_book.hpp"

namespace vault_mock::rules {

struct Unreachable {
  std::size_t index;   // of the rule in the book
  std::string reason;  // "mine.json#all (mine.json:3) comes first and matches everything this rule would"
};

// Only those that are certain:
//   1. An earlier rule of the same phase, without `probability` and `times`, holds whenever this one does.
//   2. A rule before validation that always answers holds whenever this one, after validation, does.
//   3. No rule of the book sets a state to the value that this rule's `given` needs.
// The work is bounded by 20 million comparisons (about two seconds): in a book of more than 6,000 rules for
// the same consumer, the last ones may not be examined.
std::vector<Unreachable> find_unreachable(const RuleBook& book);

}  // namespace vault_mock::rules
