// Reads the `when` of a rule. The grammar, rule by rule, is fixtures/README.md.
#pragma once

#include "rules/language/source_value.hpp"
#include "rules/matching/condition.hpp"

namespace vault_mock::rules {

// Mistakes are noted in the node's reading; the condition is then of no use.
Condition read_condition(const Node& node);

}  // namespace vault_mock::rules
