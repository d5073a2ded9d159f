#include "http/resources/resources.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::http {
namespace {

// What the space remembers of a token, or what the token itself proves.
std::optional<vault::Session> find_session(const AdminCall& call, const std::string& token) {
  if (auto known = call.space->find_session(token)) return known;
  const auto claims = vault::verify_jwt(token, call.space->secret());
  if (!claims || !claims->contains("exp") || !claims->at("exp").is_number()) return std::nullopt;
  const auto seconds = [&](const char* name) {
    return vault::Seconds(std::chrono::seconds(claims->value(name, std::int64_t{0})));
  };
  return vault::Session{.token = token,
                        .consumer_id = claims->value("consumer_id", ""),
                        .application_id = claims->value("application_id", ""),
                        .issued_at = seconds("iat"),
                        .expires_at = seconds("exp"),
                        .revoked = call.space->is_revoked(token)};
}

nlohmann::ordered_json session_json(const vault::Session& session, const AdminCall& call) {
  const auto now = std::chrono::floor<std::chrono::seconds>(call.space->now(call.wall));
  const auto claims = vault::verify_jwt(session.token, call.space->secret());
  return {{"token", session.token},
          {"state", to_string(state_of(session, now))},
          {"consumer_id", session.consumer_id},
          {"application_id", session.application_id},
          {"issued", text::format_timestamp(session.issued_at)},
          {"expires", text::format_timestamp(session.expires_at)},
          {"claims", claims ? nlohmann::ordered_json(*claims) : nlohmann::ordered_json()}};
}

AdminAnswer unknown_session() {
  return admin_error(404,
                     "No session with this token in this space: GET /_mock/sessions lists those handed out");
}

}  // namespace

AdminAnswer sessions_all(const AdminCall& call) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& session : call.space->sessions()) list.push_back(session_json(session, call));
  return admin_json(200, {{"sessions", list}});
}

AdminAnswer sessions_one(const AdminCall& call) {
  const auto session = find_session(call, call.path_parameter());
  return session ? admin_json(200, session_json(*session, call)) : unknown_session();
}

AdminAnswer sessions_revoke(const AdminCall& call) {
  auto session = find_session(call, call.path_parameter());
  if (!session) return unknown_session();
  call.space->revoke_session(std::move(*session));
  return no_content();
}

}  // namespace vault_mock::http
