// JSON Web Tokens with HS256, as the session token is one (observed: header {"alg":"HS256","typ":"JWT"}).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::vault {

// Header, payload and signature, each in base64url without padding, joined by dots. `payload` is JSON text,
// taken as it is.
std::string sign_jwt(std::string_view payload, std::string_view secret);

enum class JwtFault {
  malformed,      // not three base64url parts, or no JSON object in the first two, or another alg than HS256
  bad_signature,  // signed with another secret
};

// The payload of a token whose signature holds. Its `exp` is the caller's to judge.
tl::expected<nlohmann::json, JwtFault> verify_jwt(std::string_view token, std::string_view secret);

// Whether a credential is meant as a JWT: three parts, the first of which starts as JSON does ("eyJ").
bool looks_like_jwt(std::string_view credential);

// HMAC-SHA-256, 32 bytes. Used to derive a secret of its own for each space, and to mask keys.
std::string hmac_sha256(std::string_view key, std::string_view message);

}  // namespace vault_mock::vault
