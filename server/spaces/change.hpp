// What changes in a space beside its journal, and how often each has.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "spaces/feed.hpp"

namespace vault_mock::spaces {

// What readers of the feed are told has changed, so that they need not ask again and again.
enum class Change : std::uint8_t { rules, clock, sessions, connections };
constexpr std::size_t kChanges = 4;
constexpr std::string_view to_string(Change change) {
  constexpr std::array<std::string_view, kChanges> kNames = {"rules", "clock", "sessions", "connections"};
  return kNames[static_cast<std::size_t>(change)];
}

using ChangeCounts = std::array<std::uint32_t, kChanges>;

// Threads: any thread may call. Counts that are read while others change something may be a moment old.
class ChangeCounters {
 public:
  // `feed`: is told of each change, too; null: there is none.
  explicit ChangeCounters(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) {}

  void note(Change change) {
    counters_[static_cast<std::size_t>(change)].fetch_add(1, std::memory_order_relaxed);
    if (feed_) feed_->note_change();
  }
  ChangeCounts counts() const {
    ChangeCounts counts{};
    for (std::size_t i = 0; i < kChanges; ++i) counts[i] = counters_[i].load(std::memory_order_relaxed);
    return counts;
  }

 private:
  const std::shared_ptr<Feed> feed_;
  std::array<std::atomic<std::uint32_t>, kChanges> counters_{};
};

}  // namespace vault_mock::spaces
