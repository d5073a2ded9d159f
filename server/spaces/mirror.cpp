#include "spaces/mirror.hpp"

#include <algorithm>

namespace vault_mock::spaces {

void Mirror::mark(std::span<const std::string> keys) {
  const text::MutexLock lock(mutex_);
  ++marks_;
  if (keys.empty() || stale_.size() + keys.size() > kMostKeys) {
    all_is_stale_ = true;
    stale_.clear();
  } else if (!all_is_stale_) {
    stale_.insert(keys.begin(), keys.end());
  }
  is_stale_.store(true, std::memory_order_release);
}

Mirror::Wanted Mirror::wanted() const {
  const text::MutexLock lock(mutex_);
  return {
      .all = all_is_stale_, .keys = {stale_.begin(), stale_.end()}, .marks = marks_, .at_least = version_};
}

// What was marked meanwhile may be newer than what was read.
void Mirror::loaded(const Wanted& wanted) {
  const text::MutexLock lock(mutex_);
  if (marks_ != wanted.marks) return;
  all_is_stale_ = false;
  stale_.clear();
  is_stale_.store(false, std::memory_order_release);
}

StoreVersion Mirror::version_of(std::string_view key) const {
  const text::MutexLock lock(mutex_);
  const auto known = known_.find(key);
  return known != known_.end() && known->second.exists ? known->second.version : 0;
}

bool Mirror::is_new(std::string_view key, const StoredValue& value) const {
  const text::MutexLock lock(mutex_);
  const auto known = known_.find(key);
  return known == known_.end() || known->second.version < value.version;
}

void Mirror::took_over(std::string_view key, const StoredValue& value) {
  const text::MutexLock lock(mutex_);
  known_.insert_or_assign(std::string(key),
                          Known{.version = value.version, .exists = value.text.has_value()});
}

std::vector<std::string> Mirror::missing_in(const std::set<std::string_view>& present) const {
  const text::MutexLock lock(mutex_);
  std::vector<std::string> missing;
  for (const auto& [key, known] : known_)
    if (known.exists && !present.contains(key)) missing.push_back(key);
  return missing;
}

void Mirror::forget(std::string_view key) {
  const text::MutexLock lock(mutex_);
  if (const auto known = known_.find(key); known != known_.end())
    known->second = {.version = 0, .exists = true};
}

void Mirror::forget_all(std::string_view prefix) {
  const text::MutexLock lock(mutex_);
  std::erase_if(known_, [&](const auto& known) { return known.first.starts_with(prefix); });
}

StoreVersion Mirror::generation() const {
  const text::MutexLock lock(mutex_);
  return generation_;
}

bool Mirror::begins_anew(const StoreSnapshot& snapshot, const Wanted& wanted) {
  const text::MutexLock lock(mutex_);
  // What this memory knew before it heard of a generation may be of an earlier one, too.
  const bool knows_older = generation_ == 0 && std::ranges::any_of(known_, [&](const auto& known) {
                             return snapshot.generation == 0 || known.second.version < snapshot.generation;
                           });
  const bool was_removed = (generation_ != 0 && generation_ != snapshot.generation) || knows_older;
  const bool went_back = snapshot.version < wanted.at_least;
  if (was_removed || went_back) {
    known_.clear();
    version_ = 0;
  }
  generation_ = snapshot.generation;
  version_ = std::max(version_, snapshot.version);
  return was_removed || went_back;
}

}  // namespace vault_mock::spaces
