// The sessions that a space has handed out, newest first, and which of them were revoked.
#pragma once

#include <algorithm>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

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

// Bounded: of more than 1,000 sessions the oldest is forgotten. A forgotten token stays valid: its signature
// proves it. Not safe to share between threads: the space that owns it guards it.
class Sessions {
 public:
  // A token that is there already is made anew. In `session` stays what is to be freed.
  void add(Session& session);
  bool is_revoked(std::string_view token) const;
  // Null: not there.
  const Session* find(std::string_view token) const;
  const std::list<Session>& newest_first() const { return sessions_; }
  void clear();

 private:
  // Tokens are long and begin alike: their end, which is a signature, is enough to tell them apart.
  struct Hash {
    std::size_t operator()(std::string_view token) const {
      return std::hash<std::string_view>()(
          token.substr(token.size() - std::min<std::size_t>(token.size(), 32)));
    }
  };

  std::list<Session> sessions_;
  std::unordered_map<std::string_view, std::list<Session>::iterator, Hash> by_token_;  // views into sessions_
};

}  // namespace vault_mock::vault
