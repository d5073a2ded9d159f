// JSON values as JSON Schema sees them: 1 and 1.0 are the same integer.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::contract {

// The types of a value, as bits of check::Types.
std::uint8_t types_of(const nlohmann::json& value);

// Both are numbers, and `divisor` is greater than zero. Exact for integers; otherwise within the precision of
// a double, so that 0.3 is a multiple of 0.1.
bool is_multiple(const nlohmann::json& value, const nlohmann::json& divisor);

// Appends a text that is the same for equal values, however their numbers are written.
void append_canonical(std::string& to, const nlohmann::json& value);

}  // namespace vault_mock::contract
