// Finds rules that contradict the API's contract, as far as KnownNames tells it: a condition that no request
// to its operation meets, or an answer that its operation does not have. Nothing is reported when KnownNames
// lists no operations. (unreachable.hpp finds rules that other rules hide.)
#pragma once

#include "rules/language/source_value.hpp"
#include "rules/matching/request_view.hpp"

namespace vault_mock::rules {

// Warns of a method or a path in `when` that its operation is not called with.
void warn_of_calls(const SourceValue& when);

// Warns of a rule that runs after the checks and wants a header to be missing that the checks require.
void warn_of_what_checks_refuse(const SourceValue& when, Phase phase);

// For a rule that answers with a session: an error when it names another operation than the one that creates
// sessions, a warning when its path or method never leads there.
void check_session_rule(const SourceValue& rule, const SourceValue& session);

}  // namespace vault_mock::rules
