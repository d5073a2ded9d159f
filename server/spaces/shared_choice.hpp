// Which of several matching rules decides, where their counts and states are in a store: what rules::choose()
// does at once, in two halves with the store's answer between them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "rules/decide.hpp"
#include "spaces/store.hpp"

namespace vault_mock::spaces {

struct ChoiceQuestion {
  rules::Choice choice;  // where no candidates are left: the answer. Else the rules that were skipped so far
  std::vector<TakeCandidate> candidates;  // to be asked of the store; empty: it need not be asked
  std::vector<std::size_t> indexes;       // of these rules in the book
};

// Asks for nothing that needs no count and no state: then the store need not be asked.
ChoiceQuestion choice_question(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                               const rules::RequestView& request, const rules::Dice& dice,
                               std::span<const std::size_t> matching);

rules::Choice choice_of(ChoiceQuestion question, const TakeResult& taken, const rules::RuleBook& book,
                        const rules::Dice& dice);

}  // namespace vault_mock::spaces
