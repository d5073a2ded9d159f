// Reads what a rule answers: the value of `respond`, or a step of a `sequence`. The grammar is
// fixtures/README.md.
#pragma once

#include <optional>

#include "rules/answering/answer_template.hpp"
#include "rules/language/source_value.hpp"

namespace vault_mock::rules {

// Nothing, with the mistakes noted in the node's reading, when it cannot be used.
std::optional<AnswerTemplate> read_respond(const SourceValue& source);

bool uses_count(const AnswerTemplate& answer);

}  // namespace vault_mock::rules
