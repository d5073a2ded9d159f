// sessionsCreate: mint a session.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"
#include "vault/jwt.hpp"
#include "vault/session.hpp"

namespace vault_mock::engine {
namespace {

// The posted object on one line, in the order of its keys; sorted when keys stand twice, so that the last
// value counts.
std::string compact_body(const Call& call) {
  if (!call.body.is_json()) return "{}";
  return call.body.has_duplicate_keys() ? text::dump(*call.json()) : text::minified(call.request.body);
}

const nlohmann::json* pointer_to(const std::optional<nlohmann::json>& value) {
  return value ? &*value : nullptr;
}

}  // namespace

Response create_session(Call& call) {
  using namespace std::chrono;
  const auto& changes = call.session;
  const auto extra_claims = changes.claims ? nlohmann::json::parse(*changes.claims) : nlohmann::json();
  const auto body = compact_body(call);
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
  data += R"({"session_uri":)";
  text::append_quoted(data, uri);
  data += R"(,"session_token":)";
  text::append_quoted(data, token);
  data += '}';

  const auto metadata = call.body.find_object("consumer_metadata");
  const bool fits = use_consumers(call, [&](vault::Consumers& consumers) {
    auto& consumer = consumers.upsert(grant.application_id, grant.consumer_id, call.now);
    return !metadata || consumers.merge_metadata(consumer, *metadata);
  });
  if (!fits) return metadata_too_long();
  call.space.add_session({.token = std::move(token),
                          .consumer_id = call.outcome.trace.consumer_id,
                          .application_id = call.outcome.trace.app_id,
                          .issued_at = grant.issued_at,
                          .expires_at = grant.issued_at + grant.ttl});
  return success(200, data);
}

}  // namespace vault_mock::engine
