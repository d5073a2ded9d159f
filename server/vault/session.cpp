#include "vault/session.hpp"

#include "text/duration.hpp"
#include "text/json.hpp"

namespace vault_mock::vault {

std::chrono::seconds ttl_of(const nlohmann::json* session_length) {
  if (session_length == nullptr || !session_length->is_string()) return kDefaultTtl;
  const auto length = text::parse_duration(session_length->get_ref<const std::string&>());
  return length ? std::chrono::floor<std::chrono::seconds>(*length) : kDefaultTtl;
}

std::string claims_of(const SessionGrant& grant) {
  std::string claims;
  claims.reserve(grant.body.size() + 256);
  claims = grant.body;
  claims.pop_back();  // the closing brace
  const auto append = [&](std::string_view key, std::string_view value) {
    if (claims.size() > 1) claims += ',';
    claims.append(1, '"').append(key).append("\":").append(value);
  };
  append("consumer_id", text::quoted(grant.consumer_id));
  append("application_id", text::quoted(grant.application_id));
  append("scopes", "[]");
  append("data_scopes", R"({"enabled":false})");
  append("iat", std::to_string(grant.issued_at.time_since_epoch().count()));
  append("exp", std::to_string((grant.issued_at + grant.ttl).time_since_epoch().count()));
  claims += '}';
  if (grant.extra_claims == nullptr) return claims;
  auto merged = nlohmann::json::parse(claims);
  merged.update(*grant.extra_claims);
  return text::dump(merged);
}

}  // namespace vault_mock::vault
