// Warns of values in a `when` that no request has, because they are written in another notation: a path with
// its query, a key with the word Bearer, JSONPath in place of a JSON Pointer. Each warning has a suggestion
// where there is one.
#pragma once

#include <string>

#include "rules/language/source_value.hpp"
#include "rules/matching/request_field.hpp"

namespace vault_mock::rules {

// The matcher of a text field: checks the texts of a path or an API key.
void warn_of_texts(const SourceValue& matcher, RequestField::Place place);

// A key of `body` that is not a JSON Pointer to a member: JSONPath, dots, a pointer without its slash.
void warn_of_body_key(const std::string& key, const SourceValue& member);

}  // namespace vault_mock::rules
