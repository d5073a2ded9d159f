// What was asked of a space and what it answered: a ring, bounded in number and by the space's memory, the
// oldest going first. Dropped entries are counted, so that nobody mistakes what is held for all there was.
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

  // Entries that are not there any more, by what made them go.
  struct Dropped {
    std::uint64_t by_number = 0;  // more than `entries` came
    std::uint64_t by_bytes = 0;   // the space had no room in its memory
    std::uint64_t shed = 0;       // all spaces together had none
    std::uint64_t with_space = 0;

    std::uint64_t all() const { return by_number + by_bytes + shed + with_space; }
    friend bool operator==(const Dropped&, const Dropped&) = default;
  };

  // `account` must outlive the journal. `lost`: entries of a space of this name that was dropped itself.
  Journal(Bounds bounds, Account& account, std::uint64_t lost = 0)
      : bounds_(bounds), account_(account), dropped_{.with_space = lost} {}

  // Threads: any may call any of these.
  // Keeps a copy, in memory of its own, with texts of at most 1/8 of the space's memory (KeptEntry). The
  // newest entry stays, whatever else the space has.
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
  // Entries after `sequence`, oldest first; waits for one as long as `patience`.
  Entries wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const;
  std::uint64_t last_sequence() const;
  std::size_t size() const;
  // How many entries were dropped since it began or was cleared. Ask after selecting: then it counts all
  // that the selection can have missed.
  std::uint64_t dropped() const { return dropped_by_cause().all(); }
  Dropped dropped_by_cause() const;
  void clear();
  // Drops all, and counts them.
  void shed();

 private:
  using Kept = std::shared_ptr<const KeptEntry>;

  // Up to a few of the entries before `sequence`, newest first: so that nobody holds the lock for long.
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
