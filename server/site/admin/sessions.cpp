#include <algorithm>

#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "site/admin/session_json.hpp"
#include "text/json/string_member.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::site {
namespace {

// A claim of the wrong kind counts as absent: a rule may put anything into a token.
vault::Seconds time_claim(const nlohmann::json& claims, const char* name) {
  const auto found = claims.find(name);
  const double seconds = found != claims.end() && found->is_number() ? found->get<double>() : 0;
  constexpr auto kLatest = floor<std::chrono::seconds>(text::kLatest.time_since_epoch()).count();
  return vault::Seconds(std::chrono::seconds(
      static_cast<std::int64_t>(std::clamp(seconds, 0.0, static_cast<double>(kLatest)))));
}

// What the space remembers of a token, or what the token itself proves.
std::optional<vault::Session> find_session(const AdminCall& call, const std::string& token) {
  if (auto known = call.space->find_session(token)) return known;
  const auto claims = vault::verify_jwt(token, call.space->secret());
  if (!claims || !claims->contains("exp") || !claims->at("exp").is_number()) return std::nullopt;
  return vault::Session{.token = token,
                        .consumer_id = text::string_member(*claims, "consumer_id"),
                        .application_id = text::string_member(*claims, "application_id"),
                        .issued_at = time_claim(*claims, "iat"),
                        .expires_at = time_claim(*claims, "exp"),
                        .ended = call.space->end_of(token)};
}

net::Answer unknown_session() {
  return admin_error(404,
                     "No session with this token in this space: GET /_mock/sessions lists those handed out");
}

}  // namespace

// The cursor of a page is the number of newer sessions: those that come meanwhile show twice, none is left
// out.
net::Answer sessions_all(const AdminCall& call) {
  const auto cursor = read_cursor(call);
  if (!cursor) return cursor.error();
  const auto limit = call.number("limit").value_or(kUsualLimit);
  const auto sessions = call.space->sessions();
  Listing page("sessions");
  std::size_t shown = 0;
  auto at = std::min<std::size_t>(cursor->value_or(0), sessions.size());
  for (; at < sessions.size() && shown < limit && page.has_room(); ++at, ++shown)
    page.add(session_json(call, sessions[at].token));
  return std::move(page).finish(at < sessions.size() ? std::to_string(at) : "");
}

net::Answer sessions_one(const AdminCall& call) {
  const auto session = find_session(call, call.path_parameter());
  return session ? admin_text(200, session_json(call, session->token)) : unknown_session();
}

net::Answer sessions_revoke(const AdminCall& call) {
  auto session = find_session(call, call.path_parameter());
  if (!session) return unknown_session();
  call.space->end_session(std::move(*session), vault::SessionState::revoked);
  return no_content();
}

// As if its time had run out, for this session alone: its token's `exp` stays as it is. The document knows no
// other state.
net::Answer sessions_change(const AdminCall& call) {
  auto session = find_session(call, call.path_parameter());
  if (!session) return unknown_session();
  if (!session->ended) call.space->end_session(*session, vault::SessionState::expired);
  return sessions_one(call);
}

}  // namespace vault_mock::site
