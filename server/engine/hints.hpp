// What a caller most likely meant whose request led nowhere, and the right spelling. The answer's body stays
// the vendor's; the hint is for the log, the trace and the header x-mock-hint.
//
// Advice (contract/schema.hpp) is about what is accepted; a hint is about what is refused, or not read.
#pragma once

#include <string>

#include "engine/call.hpp"

namespace vault_mock::engine {

// One or more sentences of visible ASCII, or empty. To be asked once the call has its answer, and
// not where a rule or a preference asked for that answer.
std::string hint_of(const Call& call);

}  // namespace vault_mock::engine
