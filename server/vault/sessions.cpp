#include "vault/sessions.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::size_t kMostEnded = 10'000;
constexpr std::size_t kNodes = 96;  // of the list and the map, about
constexpr std::size_t kEnded = 48;  // a hash in its queue and in a node of its set, about

std::size_t bytes_of(const Session& session) {
  return sizeof session + kNodes + session.token.size() + session.consumer_id.size() +
         session.application_id.size();
}

// Of all of it: tokens that rules made may end alike.
std::uint64_t hash_of(std::string_view token) { return std::hash<std::string_view>()(token); }

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
  if (session.ended) return *session.ended;
  return session.expires_at <= now ? SessionState::expired : SessionState::active;
}

std::size_t Sessions::add(Session& session, std::size_t most_bytes, std::list<Session>& displaced) {
  if (!session.ended) session.ended = end_of(session.token);
  if (const auto known = by_token_.find(session.token); known != by_token_.end()) {
    const auto position = known->second;
    by_token_.erase(known);
    bytes_ -= bytes_of(*position);
    displaced.splice(displaced.end(), sessions_, position);
  }
  if (bytes_of(session) > most_bytes) {
    remember_if_ended(session);
    forget_ended(most_bytes);
    displaced.push_back(std::move(session));
    return 1;
  }
  bytes_ += bytes_of(session);
  std::size_t forgotten = 0;
  if (sessions_.size() < kMost) {
    sessions_.push_front(std::move(session));
    by_token_.emplace(sessions_.front().token, sessions_.begin());
  } else {
    // In the place of the oldest: that asks for no memory, as this is done under the lock of the space.
    auto entry = by_token_.extract(sessions_.back().token);
    sessions_.splice(sessions_.begin(), sessions_, std::prev(sessions_.end()));
    std::swap(sessions_.front(), session);
    entry.key() = sessions_.front().token;
    by_token_.insert(std::move(entry));
    bytes_ -= bytes_of(session);
    remember_if_ended(session);
    ++forgotten;
  }
  forget_ended(most_bytes);
  for (; bytes() > most_bytes && !sessions_.empty(); ++forgotten) forget_oldest(displaced);
  forget_ended(most_bytes);
  return forgotten;
}

void Sessions::forget_oldest(std::list<Session>& displaced) {
  const auto oldest = std::prev(sessions_.end());
  by_token_.erase(oldest->token);
  bytes_ -= bytes_of(*oldest);
  remember_if_ended(*oldest);
  displaced.splice(displaced.end(), sessions_, oldest);
}

void Sessions::remember_if_ended(const Session& session) {
  if (!session.ended) return;
  const auto hash = hash_of(session.token);
  if (ends_.insert_or_assign(hash, *session.ended).second) ended_.push_back(hash);
}

void Sessions::forget_ended(std::size_t most_bytes) {
  const auto most = std::min(kMostEnded, most_bytes / 4 / kEnded);
  for (; ended_.size() > most; ended_.pop_front()) ends_.erase(ended_.front());
}

std::size_t Sessions::bytes() const { return bytes_ + ended_.size() * kEnded; }

std::size_t Sessions::end(Session& session, SessionState how, std::size_t most_bytes,
                          std::list<Session>& displaced) {
  if (const auto known = by_token_.find(session.token); known != by_token_.end()) {
    known->second->ended = how;
    return 0;
  }
  session.ended = how;
  return add(session, most_bytes, displaced);
}

std::size_t Sessions::evict_all(std::size_t most_bytes, std::list<Session>& displaced) {
  const auto forgotten = sessions_.size();
  while (!sessions_.empty()) forget_oldest(displaced);
  forget_ended(most_bytes);
  return forgotten;
}

std::optional<SessionState> Sessions::end_of(std::string_view token) const {
  const auto* session = find(token);
  if (session != nullptr) return session->ended;
  if (ends_.empty()) return std::nullopt;
  const auto known = ends_.find(hash_of(token));
  return known == ends_.end() ? std::nullopt : std::optional(known->second);
}

const Session* Sessions::find(std::string_view token) const {
  const auto known = by_token_.find(token);
  return known == by_token_.end() ? nullptr : &*known->second;
}

void Sessions::clear() {
  by_token_.clear();
  sessions_.clear();
  ends_.clear();
  ended_.clear();
  bytes_ = 0;
}

}  // namespace vault_mock::vault
