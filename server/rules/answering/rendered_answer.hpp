// Makes an answer for one request out of a rule's AnswerTemplate.
#pragma once

#include "rules/answering/answer_template.hpp"
#include "text/headers.hpp"

namespace vault_mock::rules {

// Fills in the placeholders, at most 1 MiB of values in all (`input.room` is not used), and draws the delay,
// at most one hour. Removes control characters from header values, so that no value of a request can add a
// header.
RenderedAnswer render(const AnswerTemplate& answer, const Template::Input& input);

}  // namespace vault_mock::rules
