// A map that forgets what has been unused for longest when it is full.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace vault_mock::rules {

template <typename T>
class BoundedMap {
 public:
  explicit BoundedMap(std::size_t limit = 100'000) : limit_(limit) {}
  BoundedMap(BoundedMap&&) noexcept = default;
  BoundedMap& operator=(BoundedMap&&) noexcept = default;

  T* find(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  // A value that is new is T{}.
  T& operator[](std::string_view key) {
    if (T* value = find(key)) return *value;
    entries_.emplace_front(std::string(key), T{});
    by_key_.emplace(entries_.front().first, entries_.begin());
    if (by_key_.size() > limit_) {
      by_key_.erase(entries_.back().first);
      entries_.pop_back();
    }
    return entries_.front().second;
  }

  void erase(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const auto entry = found->second;
    by_key_.erase(found);
    entries_.erase(entry);
  }

  void clear() {
    by_key_.clear();
    entries_.clear();
  }

  std::size_t size() const { return by_key_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, T>>;
  std::size_t limit_;
  Entries entries_;                                                          // latest used first
  std::unordered_map<std::string_view, typename Entries::iterator> by_key_;  // its keys are those of entries_
};

}  // namespace vault_mock::rules
