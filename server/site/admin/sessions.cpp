#include <algorithm>

#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "site/admin/session_json.hpp"
#include "text/json/string_member.hpp"

namespace vault_mock::site {
namespace {

// The session of a token; nothing: the space does not remember it, and it proves none that ever ends.
std::optional<vault::Session> session_of(const AdminCall& call, const TokenFacts& facts) {
  if (facts.known) return facts.known;
  const auto expires = facts.time_claim("exp");
  if (!expires) return std::nullopt;
  return vault::Session{.token = facts.token,
                        .consumer_id = text::string_member(*facts.claims, "consumer_id"),
                        .application_id = text::string_member(*facts.claims, "application_id"),
                        .issued_at = facts.time_claim("iat").value_or(vault::Seconds()),
                        .expires_at = *expires,
                        .ended = call.space->end_of(facts.token)};
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
    page.add(session_json(call, facts_of(call, sessions[at].token, sessions[at])));
  return std::move(page).finish(at < sessions.size() ? std::to_string(at) : "");
}

net::Answer sessions_one(const AdminCall& call) {
  const auto facts = facts_of(call, call.path_parameter());
  return session_of(call, facts) ? admin_text(200, session_json(call, facts)) : unknown_session();
}

net::Answer sessions_revoke(const AdminCall& call) {
  auto session = session_of(call, facts_of(call, call.path_parameter()));
  if (!session) return unknown_session();
  call.space->end_session(std::move(*session), vault::SessionState::revoked);
  return no_content();
}

// As if its time had run out, for this session alone: its token's `exp` stays as it is. The document knows no
// other state.
net::Answer sessions_change(const AdminCall& call) {
  auto session = session_of(call, facts_of(call, call.path_parameter()));
  if (!session) return unknown_session();
  if (!session->ended) call.space->end_session(*session, vault::SessionState::expired);
  return sessions_one(call);
}

}  // namespace vault_mock::site
