// The session that a call of sessionsCreate gets, checked or not.
#pragma once

#include "engine/call.hpp"
#include "rules/answering/rendered_answer.hpp"

namespace vault_mock::engine {

// The operation that mints sessions, and the only one that a rule's `session` answers.
constexpr std::string_view kSessionsCreate = "sessionsCreate";

// Takes nothing for granted: a rule may ask for a session before the checks. Of a body that is not an
// object nothing goes into the token. `changes`: what a rule wants to be different.
Response mint_session(Call& call, const rules::SessionAnswer<std::string>& changes);

}  // namespace vault_mock::engine
