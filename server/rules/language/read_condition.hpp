// Reads the `when` of a rule. The grammar, rule by rule, is fixtures/README.md.
#pragma once

#include "rules/language/source_value.hpp"
#include "rules/matching/condition.hpp"

namespace vault_mock::rules {

// Mistakes go to the value's Diagnostics; do not use the condition then.
Condition read_condition(const SourceValue& source);

}  // namespace vault_mock::rules
