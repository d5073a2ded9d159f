// The numbers of JSON values, compared exactly: an integer is never rounded to a double, as it would be
// beyond 2^53.
#pragma once

#include <compare>
#include <nlohmann/json.hpp>

namespace vault_mock::text {

// Both must be numbers. Unordered only for a NaN.
std::partial_ordering compare_numbers(const nlohmann::json& a, const nlohmann::json& b);

}  // namespace vault_mock::text
