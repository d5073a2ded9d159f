// Reads one rule of a rule file. The grammar is fixtures/README.md.
#pragma once

#include <cstddef>
#include <memory>

#include "rules/language/source_value.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

// `number`, from 1, names a rule that has no name. nullptr when the value is not an object. Mistakes go to
// the value's Diagnostics; if these have errors afterwards, do not use the rule.
std::shared_ptr<Rule> read_rule(const SourceValue& source, std::size_t number);

}  // namespace vault_mock::rules
