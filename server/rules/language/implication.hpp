// Whether one condition follows from another. Sound but not complete: false also means "cannot tell".
#pragma once

#include "rules/matching/condition.hpp"

namespace vault_mock::rules {

// Whether `wide` certainly holds for every request for which `narrow` holds.
bool implies(const Condition& narrow, const Condition& wide);

}  // namespace vault_mock::rules
