#include "redis/own_changes.hpp"

namespace vault_mock::redis {

void OwnChanges::begin(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  changes_.emplace(number, State::under_way);
}

bool OwnChanges::heard(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  const auto change = changes_.find(number);
  if (change == changes_.end()) return false;
  if (change->second == State::known)
    changes_.erase(change);
  else
    change->second = State::heard;
  return true;
}

bool OwnChanges::end(std::uint64_t number, bool has_reply) {
  const std::lock_guard lock(mutex_);
  const auto change = changes_.find(number);
  if (change == changes_.end()) return false;
  const bool was_heard = change->second == State::heard;
  if (has_reply && !was_heard)
    change->second = State::known;
  else
    changes_.erase(change);
  // A conflict has no message, and some are lost.
  for (auto oldest = changes_.begin(); changes_.size() > kMostKnown && oldest != changes_.end();)
    oldest = oldest->second == State::known ? changes_.erase(oldest) : std::next(oldest);
  return was_heard;
}

}  // namespace vault_mock::redis
