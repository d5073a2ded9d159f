#include "vault/sessions.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::size_t kMost = 1'000;

}  // namespace

std::string_view to_string(SessionState state) {
  switch (state) {
    case SessionState::active:
      return "active";
    case SessionState::expired:
      return "expired";
    case SessionState::revoked:
      return "revoked";
  }
  return "";
}

SessionState state_of(const Session& session, Seconds now) {
  if (session.revoked) return SessionState::revoked;
  return session.expires_at <= now ? SessionState::expired : SessionState::active;
}

void Sessions::add(Session& session) {
  if (const auto known = by_token_.find(session.token); known != by_token_.end()) {
    const auto position = known->second;
    by_token_.erase(known);
    sessions_.erase(position);
  }
  if (sessions_.size() < kMost) {
    sessions_.push_front(std::move(session));
    by_token_.emplace(sessions_.front().token, sessions_.begin());
    return;
  }
  // In the place of the oldest: that asks for no memory, as this is done under the lock of the space.
  auto entry = by_token_.extract(sessions_.back().token);
  sessions_.splice(sessions_.begin(), sessions_, std::prev(sessions_.end()));
  std::swap(sessions_.front(), session);
  entry.key() = sessions_.front().token;
  by_token_.insert(std::move(entry));
}

bool Sessions::is_revoked(std::string_view token) const {
  const auto* session = find(token);
  return session != nullptr && session->revoked;
}

const Session* Sessions::find(std::string_view token) const {
  const auto known = by_token_.find(token);
  return known == by_token_.end() ? nullptr : &*known->second;
}

void Sessions::clear() {
  by_token_.clear();
  sessions_.clear();
}

}  // namespace vault_mock::vault
