// Walks a schema and a refused instance together and says what was expected where.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "contract/violation.hpp"

namespace vault_mock::contract {

// As many are told of one body, and that there are more: a megabyte could have half a million.
constexpr std::size_t kMostViolations = 100;

// Knows type, enum, const, required, properties, additionalProperties (false or a schema), items, minLength,
// maxLength, minimum, maximum, minItems, maxItems, allOf. Empty when none of these is what was violated.
Violations explain(const nlohmann::json& schema, const nlohmann::json& instance, std::string_view subject);

}  // namespace vault_mock::contract
