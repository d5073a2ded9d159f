// Reads durations, delays and faults. The grammar is fixtures/README.md.
#pragma once

#include <chrono>
#include <optional>

#include "rules/answering/answer_template.hpp"
#include "rules/language/source_value.hpp"

namespace vault_mock::rules {

// Each: nothing, with the mistakes noted in the node's reading, when it cannot be used.

// A wait. A number without a unit counts milliseconds.
std::optional<std::chrono::milliseconds> read_duration(const SourceValue& source,
                                                       std::chrono::milliseconds least,
                                                       std::chrono::milliseconds most);

// The life of a token: a number counts seconds, as `iat`, `exp` and the vendor's words do. A text needs its
// unit, since one without could mean either.
std::optional<std::chrono::milliseconds> read_lifetime(const SourceValue& source);
std::optional<Delay> read_delay(const SourceValue& source);
std::optional<Fault> read_fault(const SourceValue& source);

}  // namespace vault_mock::rules
