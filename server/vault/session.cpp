#include "vault/session.hpp"

#include "text/duration.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::vault {

std::chrono::seconds ttl_of(const nlohmann::json* session_length) {
  if (session_length == nullptr || !session_length->is_string()) return kDefaultTtl;
  const auto length = text::parse_duration(session_length->get_ref<const std::string&>());
  return length ? std::chrono::floor<std::chrono::seconds>(*length) : kDefaultTtl;
}

std::string claims_of(const SessionGrant& grant) {
  std::string claims;
  claims.reserve(grant.body.text().size() + 256);
  text::ObjectWriter writer(claims);
  writer.members(grant.body)
      .string("consumer_id", grant.consumer_id)
      .string("application_id", grant.application_id)
      .json("scopes", "[]")
      .json("data_scopes", R"({"enabled":false})")
      .number("iat", grant.issued_at.time_since_epoch().count())
      .number("exp", (grant.issued_at + grant.ttl).time_since_epoch().count())
      .end();
  if (grant.extra_claims == nullptr) return claims;
  auto merged = nlohmann::json::parse(claims);
  merged.update(*grant.extra_claims);
  return text::dump(merged);
}

}  // namespace vault_mock::vault
