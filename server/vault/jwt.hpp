// JSON Web Tokens with HS256, the form of the session token (observed: header {"alg":"HS256","typ":"JWT"}).
// Pure functions; any thread may call them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::vault {

// The token with that payload, which is JSON text and goes into it unchanged.
std::string sign_jwt(std::string_view payload, std::string_view secret);

enum class JwtFault {
  malformed,      // not three parts in base64url, the first two JSON objects, with "alg": "HS256"
  bad_signature,  // signed with another secret
};

// The payload of a token with a correct signature. Whether it has expired is for the caller to check.
tl::expected<nlohmann::json, JwtFault> verify_jwt(std::string_view token, std::string_view secret);

// Whether a credential is meant as a JWT: three parts, the first of which starts as JSON does ("eyJ").
bool looks_like_jwt(std::string_view credential);

// HMAC-SHA-256, 32 bytes. Used to derive a secret of its own for each space, and to mask keys.
std::string hmac_sha256(std::string_view key, std::string_view message);

}  // namespace vault_mock::vault
