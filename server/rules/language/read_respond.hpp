// Reads what a rule answers: the value of `respond`, or a step of a `sequence`. The grammar is
// fixtures/README.md.
#pragma once

#include <optional>

#include "rules/answering/answer_template.hpp"
#include "rules/language/source_value.hpp"

namespace vault_mock::rules {

// nullopt, with the mistakes in the value's Diagnostics, when it cannot be used.
std::optional<AnswerTemplate> read_respond(const SourceValue& source);

// Whether a template of the answer has {{count}}.
bool uses_count(const AnswerTemplate& answer);

}  // namespace vault_mock::rules
