// Rules that can never match: what `check` warns of.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/rule_book.hpp"

namespace vault_mock::rules {

struct Unreachable {
  std::size_t index;  // of the rule in the book
  std::string
      reason;  // "mine.json#everything (mine.json:3) matches whatever this rule could, and comes first"
};

// Only those that are sure:
//   1. An earlier rule of the same phase, without probability and times, holds whenever this one does.
//   2. A rule before validation that always answers holds whenever this one, after validation, does.
//   3. No rule of the book sets a state to the value that this one's `given` needs.
// The work is bounded: in a book of very many rules the last ones may go unchecked.
std::vector<Unreachable> find_unreachable(const RuleBook& book);

}  // namespace vault_mock::rules
