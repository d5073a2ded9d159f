// What was asked of a space and what it answered: a ring, bounded in count and in bytes, the oldest going
// first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "spaces/entry.hpp"
#include "spaces/mutex.hpp"

namespace vault_mock::spaces {

class Journal {
 public:
  struct Bounds {
    std::size_t entries = 1'000;
    std::size_t bytes = 4 * 1024 * 1024;
  };
  using Entries = std::vector<std::shared_ptr<const Entry>>;

  explicit Journal(Bounds bounds) : bounds_(bounds) {}

  // Threads: any may call any of these.
  // Keeps a copy, in memory of its own.
  void record(const Entry& entry);
  // The entries that `wanted` takes, newest first, at most `limit`.
  Entries select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const;
  std::shared_ptr<const Entry> find(std::string_view id) const;
  // Entries after `sequence`, oldest first; waits for one as long as `patience`.
  Entries wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const;
  std::uint64_t last_sequence() const;
  void clear();

 private:
  const Bounds bounds_;

  mutable std::condition_variable_any recorded_;
  mutable Mutex mutex_;                                                      // protects the following
  mutable unsigned waiting_ GUARDED_BY(mutex_) = 0;                          // for recorded_
  std::deque<std::shared_ptr<const KeptEntry>> entries_ GUARDED_BY(mutex_);  // oldest first
  std::size_t bytes_ GUARDED_BY(mutex_) = 0;
  std::uint64_t sequence_ GUARDED_BY(mutex_) = 0;
};

}  // namespace vault_mock::spaces
