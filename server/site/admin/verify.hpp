// The parts of a verification (POST /_mock/verify), of which a body asks for one or several.
#pragma once

#include "contract/violation.hpp"
#include "rules/language/mistake.hpp"
#include "site/admin/admin.hpp"
#include "site/admin/match_result.hpp"
#include "spaces/journal.hpp"

namespace vault_mock::site {

struct Verification {
  bool pass = false;
  bool conclusive = true;       // false: what is not known could change it, so that it is not a pass
  std::uint64_t count = 0;      // how many requests were as expected
  std::uint64_t dropped = 0;    // requests that the journal no longer has
  std::uint64_t undecided = 0;  // requests of which it cannot be told whether they are as expected
  std::string message;          // what was expected and what was found, in one or several lines
  nlohmann::ordered_json nearest = nlohmann::ordered_json::array();
};

// Requests of which it cannot be told whether they are as expected.
struct UnknownRequests {
  spaces::Journal::Dropped dropped;  // no longer in the journal
  std::uint64_t cut = 0;             // the body is not kept whole
  std::uint64_t undecided = 0;       // it takes too long to tell

  // Counts a request whose result is not known.
  void add(const MatchResult& result);
  std::uint64_t in_journal() const { return cut + undecided; }
  std::uint64_t all() const { return dropped.all() + in_journal(); }
};
// Why that is, and what to do about it, in sentences that follow others; empty: there are none. `conclusive`:
// the verdict is the same without them.
std::string words_for_unknown(const UnknownRequests& unknown, bool conclusive);

// What is expected under other names than ours, in the body of a verification: names ours.
void name_keys_of_verification(contract::Violations& violations);

// The answer to a condition that is not one. `mistakes`: at least one.
net::Answer refuse_condition(const std::vector<rules::Mistake>& mistakes);

// "when", "times" and "status": so many requests like that, answered so.
tl::expected<Verification, net::Answer> verify_times(const AdminCall& call);
// "order": requests that came one after the other, others between them or not.
tl::expected<Verification, net::Answer> verify_order(const AdminCall& call);
// "every_rule_used": each rule that was added, or each of one file, has matched at least once.
tl::expected<Verification, net::Answer> verify_rules(const AdminCall& call);

}  // namespace vault_mock::site
