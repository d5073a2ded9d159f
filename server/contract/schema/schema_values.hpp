// JSON values as JSON Schema sees them: 1 and 1.0 are the same whole number.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::contract {

// The types that a value has, of check::Types.
std::uint8_t types_of(const nlohmann::json& value);

// Of numbers, `divisor` above zero. Whole ones exactly, others within what a double can tell: 0.3 is three
// times 0.1.
bool is_multiple(const nlohmann::json& value, const nlohmann::json& divisor);

// The same text for equal values, whatever way their numbers are written.
void append_canonical(std::string& to, const nlohmann::json& value);

}  // namespace vault_mock::contract
