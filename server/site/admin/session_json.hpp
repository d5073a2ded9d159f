// A session as JSON text, wherever the mock's own API shows one.
#pragma once

#include <string>

#include "site/admin/admin.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::site {

// {"token", "session_uri", "state", "consumer_id", "application_id", "issued", "expires", "claims"} of a
// token that the space signed, or handed out because a rule said so. Times and claims are the token's own:
// null where it has none. The state is that of now.
std::string session_json(const AdminCall& call, const std::string& token);

// The same of the session that an answer made; empty: the answer has no token of this space.
std::string made_session_json(const AdminCall& call, const spaces::Entry& entry);

}  // namespace vault_mock::site
