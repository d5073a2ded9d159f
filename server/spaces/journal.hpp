// The requests that a space was asked and its answers, in order. Bounded in number and by the space's memory:
// the oldest entry is dropped first. Dropped entries are counted, so that readers know when they do not see
// all.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "spaces/budget.hpp"
#include "spaces/entry.hpp"
#include "text/mutex.hpp"

namespace vault_mock::spaces {

class Journal {
 public:
  struct Bounds {
    std::size_t entries = 1'000;
  };
  using Entries = std::vector<std::shared_ptr<const Entry>>;

  // How many entries were dropped, by cause.
  struct Dropped {
    std::uint64_t by_number = 0;   // there were more than Bounds::entries
    std::uint64_t by_bytes = 0;    // the space was above its memory
    std::uint64_t evicted = 0;     // all spaces together were above the program's memory
    std::uint64_t with_space = 0;  // with an earlier space of the same name

    std::uint64_t all() const { return by_number + by_bytes + evicted + with_space; }
    friend bool operator==(const Dropped&, const Dropped&) = default;
  };

  // `account` must outlive the journal. `dropped_before`: entries of an earlier space of this name, which was
  // dropped as a whole.
  Journal(Bounds bounds, Account& account, std::uint64_t dropped_before = 0)
      : bounds_(bounds), account_(account), dropped_{.with_space = dropped_before} {}

  // Threads: any thread may call any of these.
  // Keeps a copy, with texts of at most 1/8 of the space's memory (KeptEntry). The newest entry is always
  // kept.
  void record(const Entry& entry);
  // The entries that `wanted` takes, newest first, at most `limit`.
  Entries select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const;
  std::shared_ptr<const Entry> find(std::string_view id) const;
  // Of a client that is shown each entry as it comes: lives as long as that client is there.
  class Follower {
   public:
    explicit Follower(const Journal& journal) : journal_(journal) { ++journal_.followers_; }
    ~Follower() { --journal_.followers_; }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

   private:
    const Journal& journal_;
  };
  // Whether entries are worth an Entry::event. Takes no lock; entries on their way while the first follower
  // comes may have none.
  bool is_followed() const { return followers_ > 0; }
  // Entries after `sequence`, oldest first. Waits up to `patience` until there is one.
  Entries wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const;
  unsigned waiting() const;  // how many threads wait in wait_after()
  std::uint64_t last_sequence() const;
  std::size_t size() const;
  // How many entries were dropped since the journal was made or cleared. Ask after select(): then it counts
  // everything that the selection can have missed.
  std::uint64_t dropped() const { return dropped_by_cause().all(); }
  Dropped dropped_by_cause() const;
  // Forgets all entries, and the counts.
  void clear();
  // Drops all entries, and counts them.
  void evict_all();

 private:
  using Kept = std::shared_ptr<const KeptEntry>;

  // A few of the entries before `sequence`, newest first: the lock is never taken for long.
  std::vector<Kept> before(std::uint64_t sequence) const;
  void drop_oldest(std::vector<Kept>& dropped, std::uint64_t Dropped::*cause) REQUIRES(mutex_);

  const Bounds bounds_;
  Account& account_;
  mutable std::atomic<unsigned> followers_ = 0;

  mutable std::condition_variable_any recorded_;
  mutable text::Mutex mutex_;                        // protects the following
  mutable unsigned waiting_ GUARDED_BY(mutex_) = 0;  // for recorded_
  std::deque<Kept> entries_ GUARDED_BY(mutex_);      // oldest first; their sequences have no gaps
  std::uint64_t sequence_ GUARDED_BY(mutex_) = 0;
  Dropped dropped_ GUARDED_BY(mutex_);
};

}  // namespace vault_mock::spaces
