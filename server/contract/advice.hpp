// What the real service accepts in silence although it is most likely a mistake.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "contract/schema/schema.hpp"

namespace vault_mock::contract {

// Walks an accepted instance. Two sources of advice:
//   1. a key of an open object that is unknown but near a known one ("primry_color");
//   2. a text that fails the check its schema names in "x-advice" (text_checks.hpp).
std::vector<Advice> advise(const nlohmann::json& schema, const nlohmann::json& instance);

}  // namespace vault_mock::contract
