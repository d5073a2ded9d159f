// Finds what the real service accepts silently, although it is most likely a mistake. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "contract/schema.hpp"

namespace vault_mock::contract {

// For an instance that the schema accepts. At most 100 pieces of advice, from two sources:
//   1. an unknown key of an open object that resembles a known one ("primry_color");
//   2. a string that fails the check named by "x-advice" in its schema (text_checks.hpp).
std::vector<Advice> advise(const nlohmann::json& schema, const nlohmann::json& instance);

}  // namespace vault_mock::contract
