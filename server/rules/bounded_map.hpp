// A map that forgets what has been unused for longest when it is full: of a number of entries, or of bytes.
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

  T* find(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  // Puts `value` there in place of what is there.
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

  // Forgets until there are no more than so many bytes, but for the entry used last. → how many have been
  // forgotten since the last time, for whatever bound
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
  // What an entry takes besides its texts: a node of the list and one of the map, about.
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
  Entries entries_;                                                          // latest used first
  std::unordered_map<std::string_view, typename Entries::iterator> by_key_;  // its keys are those of entries_
};

}  // namespace vault_mock::rules
