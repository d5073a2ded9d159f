// Reads what a rule answers: the value of `respond`, or an answer of `sequence` or `random`. The grammar is
// fixtures/README.md.
#pragma once

#include <optional>

#include "rules/answering/answer_template.hpp"
#include "rules/language/source_value.hpp"

namespace vault_mock::rules {

// Where it stands: only in a list of which one is drawn it may have a `weight`, which is left to the caller.
enum class AnswerOf { rule, random };

// nullopt, with the mistakes in the value's Diagnostics, when it cannot be used.
std::optional<AnswerTemplate> read_respond(const SourceValue& source, AnswerOf of = AnswerOf::rule);

// Whether a template of the answer has {{count}}.
bool uses_count(const AnswerTemplate& answer);

}  // namespace vault_mock::rules
