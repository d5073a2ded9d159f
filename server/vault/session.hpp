// A hosted Vault session, as POST /vault/sessions creates it: the claims of its token, and how long it lasts.
// Pure functions; the list of sessions is in sessions.hpp.
#pragma once

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "text/json/json_object.hpp"

namespace vault_mock::vault {

using Seconds = std::chrono::sys_seconds;

// What a session is made from. Views: valid while the request is.
struct SessionGrant {
  const text::JsonObject& body;  // as posted, without kClaimNames; {} when none was posted
  std::string_view consumer_id;
  std::string_view application_id;
  Seconds issued_at;
  std::chrono::seconds ttl;
  const nlohmann::json* extra_claims = nullptr;  // an object that a rule adds, or null
};

// The claims that a session adds to the posted body. A posted member of the same name, which the contract
// refuses but a rule may let through, is replaced.
constexpr std::array<std::string_view, 6> kClaimNames = {
    "consumer_id", "application_id", "scopes", "data_scopes", "iat", "exp"};

// Documented: "a short lived token that will expire after 1 hour (TTL: 3600)".
constexpr std::chrono::seconds kDefaultTtl{3600};

// How long a session lasts: what the request's settings.session_length says in the grammar of `ms`
// (text/duration.hpp), else the default. `session_length` null: the request has none.
//
// Source: observed ("24h" gave 86400). What the real service does with an unreadable, negative or very long
// one is unknown. Here an unreadable one counts as absent, others are taken as they are, and contract/advice
// mentions all three.
std::chrono::seconds ttl_of(const nlohmann::json* session_length);

// The token's payload as JSON text. Observed: the body as posted (absent keys stay absent, no defaults), then
// consumer_id, application_id, scopes, data_scopes, iat and exp in seconds.
std::string claims_of(const SessionGrant& grant);

}  // namespace vault_mock::vault
