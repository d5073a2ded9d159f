// sessionsCreate: mint a session.
#include "engine/operations/connectors.hpp"
#include "engine/operations/mint_session.hpp"
#include "engine/operations/operations.hpp"
#include "vault/consumers.hpp"
#include "vault/jwt.hpp"
#include "vault/oauth_settings.hpp"
#include "vault/session.hpp"

namespace vault_mock::engine {
namespace {

const nlohmann::json* pointer_to(const std::optional<nlohmann::json>& value) {
  return value ? &*value : nullptr;
}

// A token that was signed here needs no escape; one that a rule gave may.
void write_session(std::string& to, const rules::SessionAnswer<std::string>& changes, std::string_view place,
                   std::string_view token) {
  text::ObjectWriter data(to);
  if (changes.uri)
    data.string("session_uri", *changes.uri);
  else if (changes.token)
    data.string("session_uri", std::string(place).append(token));
  else
    data.string_with_plain_end("session_uri", place, token);
  if (changes.token)
    data.string("session_token", token);
  else
    data.string_with_plain_end("session_token", "", token);
  data.end();
}

// The claims that a rule adds: those it writes, and one for how authorizing goes, which the vendor's tokens
// do not have.
nlohmann::json extra_claims_of(const rules::SessionAnswer<std::string>& changes) {
  auto claims = changes.claims ? nlohmann::json::parse(*changes.claims) : nlohmann::json();
  const auto& [confirm, severs_opener] = changes.oauth;
  if (!confirm && !severs_opener) return claims;
  auto& oauth = claims[std::string(vault::kOAuthClaim)];
  oauth = nlohmann::json::object();
  if (confirm) oauth["confirm"] = *confirm;
  if (severs_opener) oauth["opener"] = *severs_opener ? "severed" : "kept";
  return claims;
}

}  // namespace

Response mint_session(Call& call, const rules::SessionAnswer<std::string>& changes) {
  using namespace std::chrono;
  const auto extra_claims = extra_claims_of(changes);
  const auto posted = call.body.object(vault::kClaimNames).value_or(text::JsonObject());
  const vault::SessionGrant grant{
      .body = posted,
      .consumer_id = call.outcome.trace.consumer_id,
      .application_id = call.outcome.trace.app_id,
      .issued_at = floor<seconds>(call.now),
      .ttl = changes.ttl ? floor<seconds>(*changes.ttl)
                         : vault::ttl_of(pointer_to(call.body.find({"settings", "session_length"}))),
      .extra_claims = extra_claims.is_object() ? &extra_claims : nullptr,
  };
  auto token = changes.token ? *changes.token : vault::sign_jwt(vault::claims_of(grant), call.space.secret());
  const auto place = call.settings.session_place(call.request.base_url);
  const auto status = call.success_status.value_or(200);
  auto body =
      begin_success(status, place.size() + 2 * token.size() + (changes.uri ? changes.uri->size() : 0) + 64);
  write_session(body, changes, place, token);

  const auto metadata = call.body.find_object("consumer_metadata");
  const bool fits = call.space.use_consumers([&](vault::Consumers& consumers) {
    auto& consumer = consumers.upsert(grant.application_id, grant.consumer_id, call.now);
    return !metadata || consumers.merge_metadata(consumer, metadata->text, metadata->values);
  });
  if (!fits) return metadata_too_long();
  call.space.add_session({.token = std::move(token),
                          .consumer_id = call.outcome.trace.consumer_id,
                          .application_id = call.outcome.trace.app_id,
                          .issued_at = grant.issued_at,
                          .expires_at = grant.issued_at + grant.ttl});
  return end_success(status, std::move(body));
}

Response create_session(const CheckedRequest& request) { return mint_session(request.call_, {}); }

}  // namespace vault_mock::engine
