// Whether one condition follows from another. Sound, not complete: "no" may also mean "cannot tell".
#pragma once

#include "rules/matching/condition.hpp"

namespace vault_mock::rules {

// Every request that `narrow` holds for is one that `wide` holds for.
bool implies(const Condition& narrow, const Condition& wide);

}  // namespace vault_mock::rules
