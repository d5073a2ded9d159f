// Whether a condition holds for a request in the journal, as far as that can still be told: for verify, and
// for rules that are tried on a request of the past.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rules/matching/condition.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::site {

struct MatchResult {
  std::shared_ptr<const spaces::Entry> entry;
  std::size_t differences = 0;  // how many parts of the condition do not hold; the fewer, the nearer it is
  bool undecided = false;       // it takes too long to tell
  bool cut = false;             // it cannot be told: the body is not kept whole

  // Nothing: it cannot be told.
  std::optional<bool> holds() const {
    return undecided || cut ? std::nullopt : std::optional(differences == 0);
  }
};

// Takes from the WorkBudget; once that is used up, it takes too long to tell.
MatchResult match(const std::shared_ptr<const spaces::Entry>& entry, const rules::Condition& condition);

// Each difference in words: "consumer_id: expected "acme", was "bob"". Not made for every request, as few are
// shown.
std::vector<std::string> differences_of(const spaces::Entry& entry, const rules::Condition& condition);

// "POST /vault/sessions of consumer 'bob' answered 200"
std::string line_of(const spaces::Entry& entry);
// That, and what differs: "…; consumer_id: expected "acme", was "bob""
std::string line_of(const spaces::Entry& entry, const std::vector<std::string>& differences);

// The members `would_match` (null: it cannot be told) and `differences` of an answer.
nlohmann::ordered_json match_json(const std::shared_ptr<const spaces::Entry>& entry,
                                  const rules::Condition& condition);

}  // namespace vault_mock::site
