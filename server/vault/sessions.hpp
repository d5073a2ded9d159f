// The sessions that a space has handed out, newest first, and which of them were ended before their time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "vault/session.hpp"

namespace vault_mock::vault {

enum class SessionState { active, expired, revoked };
std::string_view to_string(SessionState state);

struct Session {
  std::string token;
  std::string consumer_id;
  std::string application_id;
  Seconds issued_at;
  Seconds expires_at;
  std::optional<SessionState> ended = {};  // before its time: revoked, or made to expire
};

SessionState state_of(const Session& session, Seconds now);

// Bounded in number and in bytes: the oldest session is forgotten first. The token of a forgotten session
// stays valid, as its signature is enough, unless it was ended: the last 10,000 ended tokens are
// remembered, in at most a quarter of the bytes.
//
// Methods take sessions apart from the memory that they free: that is left in the arguments `session` and
// `displaced`, for the caller to free outside the lock of the space.
//
// Not safe to share between threads: the space that owns it guards it.
class Sessions {
 public:
  static constexpr std::size_t kMost = 1'000;

  // Adds a session, or replaces the one with the same token; a token that was ended stays so, as the same
  // claims at the same time make the same token. Then forgets the oldest until bytes() is at most
  // `most_bytes`; a session that is larger than that by itself is forgotten at once. → how many were
  // forgotten
  std::size_t add(Session& session, std::size_t most_bytes, std::list<Session>& displaced);
  // How it was ended before its time; nothing: it was not.
  std::optional<SessionState> end_of(std::string_view token) const;
  // Marks the session with that token as ended; one that is not known is added. As add().
  std::size_t end(Session& session, SessionState how, std::size_t most_bytes, std::list<Session>& displaced);
  // Null: there is no session with that token.
  const Session* find(std::string_view token) const;
  const std::list<Session>& newest_first() const { return sessions_; }
  // Forgets all sessions, but remembers which tokens were ended. → how many were forgotten
  std::size_t evict_all(std::size_t most_bytes, std::list<Session>& displaced);
  void clear();
  // Of all sessions, and of what is remembered of ended tokens.
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
  void remember_if_ended(const Session& session);
  void forget_ended(std::size_t most_bytes);  // the oldest that are too many

  std::list<Session> sessions_;
  std::unordered_map<std::string_view, std::list<Session>::iterator, Hash> by_token_;  // views into sessions_
  // Of forgotten tokens, by their hashes: that of another token is among them once in 10^15.
  std::deque<std::uint64_t> ended_;  // oldest first
  std::unordered_map<std::uint64_t, SessionState> ends_;
  std::size_t bytes_ = 0;  // of sessions_
};

}  // namespace vault_mock::vault
