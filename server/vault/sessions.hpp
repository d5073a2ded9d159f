// The sessions that a space has handed out, newest first, and which of them were revoked.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "vault/session.hpp"

namespace vault_mock::vault {

struct Session {
  std::string token;
  std::string consumer_id;
  std::string application_id;
  Seconds issued_at;
  Seconds expires_at;
  bool revoked = false;
};

enum class SessionState { active, expired, revoked };
std::string_view to_string(SessionState state);
SessionState state_of(const Session& session, Seconds now);

// Bounded in number and in bytes: the oldest session is forgotten first. The token of a forgotten session
// stays valid, as its signature is enough, unless it was revoked: the last 10,000 revoked tokens are
// remembered, in at most a quarter of the bytes.
//
// Methods take sessions apart from the memory that they free: that is left in the arguments `session` and
// `displaced`, for the caller to free outside the lock of the space.
//
// Not safe to share between threads: the space that owns it guards it.
class Sessions {
 public:
  static constexpr std::size_t kMost = 1'000;

  // Adds a session, or replaces the one with the same token; a revoked token stays revoked, as the same
  // claims at the same time make the same token. Then forgets the oldest until bytes() is at most
  // `most_bytes`; a session that is larger than that by itself is forgotten at once. → how many were
  // forgotten
  std::size_t add(Session& session, std::size_t most_bytes, std::list<Session>& displaced);
  bool is_revoked(std::string_view token) const;
  // Marks the session with that token as revoked; one that is not known is added. As add().
  std::size_t revoke(Session& session, std::size_t most_bytes, std::list<Session>& displaced);
  // Null: there is no session with that token.
  const Session* find(std::string_view token) const;
  const std::list<Session>& newest_first() const { return sessions_; }
  // Forgets all sessions, but remembers which tokens were revoked. → how many were forgotten
  std::size_t evict_all(std::size_t most_bytes, std::list<Session>& displaced);
  void clear();
  // Of all sessions, and of what is remembered of revoked tokens.
  std::size_t bytes() const;

 private:
  // Tokens are long and begin alike: their end, which is a signature, is enough to tell them apart.
  struct Hash {
    std::size_t operator()(std::string_view token) const {
      return std::hash<std::string_view>()(
          token.substr(token.size() - std::min<std::size_t>(token.size(), 32)));
    }
  };

  void forget_oldest(std::list<Session>& displaced);
  void remember_if_revoked(const Session& session);
  void forget_revoked(std::size_t most_bytes);  // the oldest that are too many

  std::list<Session> sessions_;
  std::unordered_map<std::string_view, std::list<Session>::iterator, Hash> by_token_;  // views into sessions_
  // Of forgotten tokens, by their hashes: that of another token is among them once in 10^15.
  std::deque<std::uint64_t> revoked_;  // oldest first
  std::unordered_set<std::uint64_t> is_revoked_;
  std::size_t bytes_ = 0;  // of sessions_
};

}  // namespace vault_mock::vault
