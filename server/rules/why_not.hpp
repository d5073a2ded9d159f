// Why rules did not decide: made when somebody asks, never on the way of a request.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/decide.hpp"

namespace vault_mock::rules {

struct Considered {
  std::string label;   // of the rule
  std::string reason;  // "consumer_id is 'bob', the rule wants 'acme'"
};

struct Explanation {
  std::vector<Considered> considered;  // rules of the phase before the deciding one (or all), in order
  std::size_t omitted = 0;             // further ones, left out to keep it short
};

// `request`, `phase` and `verdict` as they were when `verdict` was made from `book`. Of the rules that were
// not even looked at, because they name texts that are not there, only the first `limit` are told in full.
Explanation explain(const RuleBook& book, const RequestView& request, Phase phase, const Verdict& verdict,
                    std::size_t limit = 100);

}  // namespace vault_mock::rules
