// The requests that a space was asked and its answers, in order. Bounded in number and by the space's memory:
// the oldest entry is dropped first. Dropped entries are counted, so that readers know when they do not see
// all.
//
// Where replicas share a store, the journal of the space is there, and this is a mirror of it: nothing is
// recorded here, but mirror() takes what the store has, in parts. The store numbers the requests then, and
// says what was cleared. What the mirror drops to save memory it takes again when there is room for it.
//
// Locks: that of the Feed is taken under that of the journal.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spaces/budget.hpp"
#include "spaces/entry.hpp"
#include "spaces/entry_codec.hpp"
#include "spaces/feed.hpp"
#include "spaces/store.hpp"
#include "text/mutex.hpp"

namespace vault_mock::spaces {

class Journal final : public FeedSource {
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
    std::uint64_t unwritten = 0;   // asked while the store was away, more than there was room for

    std::uint64_t all() const { return by_number + by_bytes + evicted + with_space + unwritten; }
    friend bool operator==(const Dropped&, const Dropped&) = default;
  };

  // `account` must outlive the journal. `dropped_before`: entries of an earlier space of this name, which was
  // dropped as a whole. `feed`: gets every entry, too; null: there is none.
  Journal(Bounds bounds, Account& account, std::uint64_t dropped_before = 0,
          std::shared_ptr<Feed> feed = nullptr)
      : bounds_(bounds), account_(account), feed_(std::move(feed)), dropped_{.with_space = dropped_before} {}

  // Threads: any thread may call any of these.
  // Keeps a copy, with texts of at most 1/8 of the space's memory (KeptEntry). The newest entry is always
  // kept.
  void record(const Entry& entry);
  // The entries that `wanted` takes, newest first, at most `limit`.
  Entries select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const;
  // The newest of that id; or of an id that begins so, with at least kShortId characters, where it is alone.
  std::shared_ptr<const Entry> find(std::string_view id) const;
  FeedStart start(std::optional<std::uint64_t> after) const override;
  FeedReport report(std::uint64_t after, std::size_t most) const override;
  std::uint64_t last_sequence() const;
  std::uint64_t clears() const;  // how often it was cleared
  std::size_t size() const;
  // How many entries were dropped since the journal was made or cleared. Ask after select(): then it counts
  // everything that the selection can have missed.
  std::uint64_t dropped() const { return dropped_by_cause().all(); }
  Dropped dropped_by_cause() const;
  // Forgets all entries, and the counts.
  void clear();
  // Drops all entries, and counts them.
  void evict_all();

  // Takes a part of the store's journal, which it gave when asked for what came behind `after`; usually that
  // is mirrored_to(). What is here already is left as it is. Requests that are no longer in the store count
  // as dropped by number, but for those that were cleared. Those that cannot be read likewise, and all before
  // them, as entries have no gaps. → what is wrong with the first that cannot be read; empty: all can be
  std::string mirror(std::uint64_t after, const StoreJournal& part, const EntryReading& reading);
  // The request behind which the store is to be asked: the last one that was mirrored; or an older one, where
  // there is room again for what was dropped to save memory. Then the answers fill that gap first.
  std::uint64_t mirrored_to() const;
  // Forgets everything: the store's journal has begun anew, with number 1. No part of before may come after.
  void restart();

 private:
  using Kept = std::shared_ptr<const KeptEntry>;
  static constexpr std::size_t kChangesKnown = 1'024;

  // Of a mirror: requests that were dropped here to save memory, and may be in the store.
  struct Lost {
    std::uint64_t first = 0;      // the oldest; 0: there are none
    std::size_t bytes = 0;        // of all that were ever lost,
    std::uint64_t count = 0;      // and how many: what one takes is estimated by them
    std::deque<Kept> found = {};  // those that the store has given again, until they reach the entries
  };
  struct Gap {
    std::uint64_t first = 1, end = 0;  // there is none where `end` is before `first`
  };

  // A few of the entries before `sequence`, newest first: the lock is never taken for long.
  std::vector<Kept> before(std::uint64_t sequence) const;
  void append(const std::shared_ptr<KeptEntry>& kept, std::vector<Kept>& dropped) REQUIRES(mutex_);
  void drop_oldest(std::vector<Kept>& dropped, std::uint64_t Dropped::*cause) REQUIRES(mutex_);
  void forget_lost(std::vector<Kept>& dropped) REQUIRES(mutex_);
  void lose_again(std::vector<Kept>& dropped) REQUIRES(mutex_);
  Gap lost_gap() const REQUIRES(mutex_);
  bool has_room_for(const Gap& gap) const REQUIRES(mutex_);
  void clear_to(const StoreJournal& part, std::vector<Kept>& dropped) REQUIRES(mutex_);
  void pass_over_to(std::uint64_t sequence, std::vector<Kept>& dropped) REQUIRES(mutex_);
  void find_again(const Kept& kept, std::vector<Kept>& dropped) REQUIRES(mutex_);

  const Bounds bounds_;
  Account& account_;
  const std::shared_ptr<Feed> feed_;

  mutable text::Mutex mutex_;                                // protects the following
  std::deque<Kept> entries_ GUARDED_BY(mutex_);              // oldest first; their sequences have no gaps
  StatusHistory history_ GUARDED_BY(mutex_){kChangesKnown};  // its numbers are the sequences
  FeedReport::Clear clear_ GUARDED_BY(mutex_);
  Dropped dropped_ GUARDED_BY(mutex_);
  Lost lost_ GUARDED_BY(mutex_);
  std::uint64_t store_clears_ GUARDED_BY(mutex_) = 0;  // StoreJournal::clears, as mirrored
};

}  // namespace vault_mock::spaces
