// A session as JSON text, wherever the mock's own API shows one.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "site/admin/admin.hpp"
#include "spaces/entry.hpp"
#include "vault/sessions.hpp"

namespace vault_mock::site {

// What is known of a token: by the space, which remembers it, or by what the token itself proves, or both.
struct TokenFacts {
  std::string token;
  std::optional<vault::Session> known;   // nothing: the space has forgotten it, or never handed it out
  std::optional<nlohmann::json> claims;  // nothing: the space did not sign it, but a rule handed it out

  // Of a claim of the token that is a time; nothing: it has none. A rule may put anything into a token: what
  // is not a number counts as absent, and what no calendar has is the nearest that one has.
  std::optional<vault::Seconds> time_claim(const char* name) const;
};

TokenFacts facts_of(const AdminCall& call, std::string token);
// The same where it was asked already what the space remembers.
TokenFacts facts_of(const AdminCall& call, std::string token, std::optional<vault::Session> known);

// {"token", "session_uri", "state", "consumer_id", "application_id", "issued", "expires", "claims"} of a
// token of which something is known. Times and claims are the token's own: null where it has none. The state
// is that of now.
std::string session_json(const AdminCall& call, const TokenFacts& facts);

// The same of the session that an answer made; empty: the answer has no token of this space.
std::string made_session_json(const AdminCall& call, const spaces::Entry& entry);

}  // namespace vault_mock::site
