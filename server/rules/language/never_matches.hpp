// What can never match, seen while a rule is read: a path that no request has, a key that no body has, a
// method that the operation is not called with. Each is a warning at its place, with what was probably meant.
// (Rules that others hide are in rules/unreachable.hpp.)
#pragma once

#include "rules/language/source_value.hpp"
#include "rules/matching/request_field.hpp"
#include "rules/matching/request_view.hpp"

namespace vault_mock::rules {

// A matcher of a path or an API key: the texts that it compares with.
void warn_of_texts(const SourceValue& matcher, RequestField::Place place);

// A key of `body`, when it is not a JSON Pointer to a member: JSONPath, dots, a pointer without its slash.
void warn_of_body_key(const std::string& key, const SourceValue& member);

// A `when` whose operation is called with another method or path.
void warn_of_calls(const SourceValue& when);

// A rule after validation that wants a request without what the checks want.
void warn_of_what_checks_refuse(const SourceValue& when, Phase phase);

// A rule whose answer is a session: a mistake where its operation creates none, a warning where its path
// does.
void check_session_rule(const SourceValue& rule, const SourceValue& session);

}  // namespace vault_mock::rules
