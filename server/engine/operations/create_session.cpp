// sessionsCreate: mint a session.
#include "engine/operations/connectors.hpp"
#include "engine/operations/mint_session.hpp"
#include "engine/operations/operations.hpp"
#include "vault/consumers.hpp"
#include "vault/jwt.hpp"
#include "vault/session.hpp"

namespace vault_mock::engine {
namespace {

const nlohmann::json* pointer_to(const std::optional<nlohmann::json>& value) {
  return value ? &*value : nullptr;
}

}  // namespace

Response mint_session(Call& call, const rules::SessionAnswer<std::string>& changes) {
  using namespace std::chrono;
  const auto extra_claims = changes.claims ? nlohmann::json::parse(*changes.claims) : nlohmann::json();
  const auto body = call.body.object(vault::kClaimNames).value_or(text::JsonObject());
  const vault::SessionGrant grant{
      .body = body,
      .consumer_id = call.outcome.trace.consumer_id,
      .application_id = call.outcome.trace.app_id,
      .issued_at = floor<seconds>(call.now),
      .ttl = changes.ttl ? floor<seconds>(*changes.ttl)
                         : vault::ttl_of(pointer_to(call.body.find({"settings", "session_length"}))),
      .extra_claims = extra_claims.is_object() ? &extra_claims : nullptr,
  };
  auto token = changes.token ? *changes.token : vault::sign_jwt(vault::claims_of(grant), call.space.secret());
  const auto base =
      call.settings.vault_url.empty() ? call.request.base_url : std::string_view(call.settings.vault_url);
  const auto uri = changes.uri ? *changes.uri : std::string(base).append("/session/").append(token);
  std::string data;
  data.reserve(uri.size() + token.size() + 64);
  text::ObjectWriter(data).string("session_uri", uri).string("session_token", token).end();

  const auto metadata = call.body.find_object("consumer_metadata");
  const bool fits = call.space.use_consumers([&](vault::Consumers& consumers) {
    auto& consumer = consumers.upsert(grant.application_id, grant.consumer_id, call.now);
    return !metadata || consumers.merge_metadata(consumer, *metadata);
  });
  if (!fits) return metadata_too_long();
  call.space.add_session({.token = std::move(token),
                          .consumer_id = call.outcome.trace.consumer_id,
                          .application_id = call.outcome.trace.app_id,
                          .issued_at = grant.issued_at,
                          .expires_at = grant.issued_at + grant.ttl});
  return success(call.success_status.value_or(200), data);
}

Response create_session(const CheckedRequest& request) { return mint_session(request.call_, {}); }

}  // namespace vault_mock::engine
