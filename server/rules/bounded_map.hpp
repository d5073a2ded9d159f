// A map from strings to T of bounded size: when it is full, the least recently used entry is dropped. It is
// bounded by a number of entries, and by bytes when shrink() is called. Not thread-safe: its owner guards it.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace vault_mock::rules {

template <typename T>
class BoundedMap {
 public:
  explicit BoundedMap(std::size_t limit = 100'000) : limit_(limit) {}
  BoundedMap(BoundedMap&&) noexcept = default;
  BoundedMap& operator=(BoundedMap&&) noexcept = default;

  // nullptr when there is none. Counts as a use. The pointer is valid until the next put(), shrink() or
  // erase().
  T* find(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  // Adds the entry, or replaces its value. May drop the least recently used entry.
  void put(std::string_view key, T value) {
    if (T* known = find(key)) {
      bytes_ += size_of(value) - size_of(*known);
      *known = std::move(value);
    } else {
      bytes_ += kNodes + key.size() + size_of(value);
      entries_.emplace_front(std::string(key), std::move(value));
      by_key_.emplace(entries_.front().first, entries_.begin());
    }
    if (by_key_.size() <= limit_) return;
    forget_last();
    ++forgotten_;
  }

  // Drops entries until they take at most `most_bytes`, but never the one used last. Returns how many entries
  // were dropped since the last call, those dropped by put() included.
  std::size_t shrink(std::size_t most_bytes) {
    for (; bytes_ > most_bytes && by_key_.size() > 1; ++forgotten_) forget_last();
    return std::exchange(forgotten_, 0);
  }

  void erase(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const auto entry = found->second;
    bytes_ -= kNodes + key.size() + size_of(entry->second);
    by_key_.erase(found);
    entries_.erase(entry);
  }

  void clear() {
    by_key_.clear();
    entries_.clear();
    bytes_ = forgotten_ = 0;
  }

  std::size_t bytes() const { return bytes_; }
  std::size_t size() const { return by_key_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, T>>;
  // An entry's approximate bytes besides its texts: a list node and a map node.
  static constexpr std::size_t kNodes = sizeof(std::pair<std::string, T>) + 80;

  static std::size_t size_of(const T& value) {
    if constexpr (std::is_same_v<T, std::string>)
      return value.size();
    else
      return 0;
  }

  void forget_last() {
    const auto& [key, value] = entries_.back();
    bytes_ -= kNodes + key.size() + size_of(value);
    by_key_.erase(key);
    entries_.pop_back();
  }

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::size_t forgotten_ = 0;                                                // since the last shrink()
  Entries entries_;                                                          // most recently used first
  std::unordered_map<std::string_view, typename Entries::iterator> by_key_;  // its keys are those of entries_
};

}  // namespace vault_mock::rules
