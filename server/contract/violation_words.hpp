// Puts into words why a schema refuses a value. Walks both together, and names for each violation the place
// and what was expected there.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "contract/violation.hpp"

namespace vault_mock::contract {

// Of one value; when there are more, the last one says so. A body of a megabyte could have half a million.
constexpr std::size_t kMostViolations = 100;

// The violations in the order of `instance`, which `root_name` names: "request body". Understands type, enum,
// const, required, properties, additionalProperties (false or a schema), items, minLength, maxLength,
// minimum, maximum, minItems, maxItems and allOf. Empty when none of these is violated, although another
// keyword may be.
Violations describe_violations(const nlohmann::json& schema, const nlohmann::json& instance,
                               std::string_view root_name);

}  // namespace vault_mock::contract
