// Reads one rule of a fixture. The grammar is fixtures/README.md.
#pragma once

#include <cstddef>
#include <memory>

#include "rules/language/source_value.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

// `number` counts from 1; it names a rule without a name. Null, with the mistakes noted in the node's
// reading, when it is no object at all; else a rule that is of use only if the reading has not failed.
std::shared_ptr<Rule> read_rule(const SourceValue& source, std::size_t number);

}  // namespace vault_mock::rules
