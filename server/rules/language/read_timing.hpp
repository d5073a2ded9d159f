// Reads durations, delays and faults. The grammar is fixtures/README.md.
#pragma once

#include <chrono>
#include <optional>

#include "rules/answering/answer_template.hpp"
#include "rules/language/source_value.hpp"

namespace vault_mock::rules {

// Each returns nullopt, with the mistakes in the value's Diagnostics, when the value cannot be used.

// The time that something waits. A number without a unit is in milliseconds.
std::optional<std::chrono::milliseconds> read_duration(const SourceValue& source,
                                                       std::chrono::milliseconds least,
                                                       std::chrono::milliseconds most);

// The lifetime of a token. A number is in seconds, as in `iat`, `exp` and the vendor's documentation. A
// string needs a unit, since without one it could be either.
std::optional<std::chrono::milliseconds> read_lifetime(const SourceValue& source);

std::optional<Delay> read_delay(const SourceValue& source);
std::optional<Fault> read_fault(const SourceValue& source);

}  // namespace vault_mock::rules
