// The requests that a space was asked and its answers, in order. Bounded in number and by the space's memory:
// the oldest entry is dropped first. Dropped entries are counted, so that readers know when they do not see
// all.
//
// Locks: that of the Feed is taken under that of the journal.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "spaces/budget.hpp"
#include "spaces/entry.hpp"
#include "spaces/feed.hpp"
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

    std::uint64_t all() const { return by_number + by_bytes + evicted + with_space; }
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

 private:
  using Kept = std::shared_ptr<const KeptEntry>;
  static constexpr std::size_t kChangesKnown = 1'024;

  // A few of the entries before `sequence`, newest first: the lock is never taken for long.
  std::vector<Kept> before(std::uint64_t sequence) const;
  void drop_oldest(std::vector<Kept>& dropped, std::uint64_t Dropped::*cause) REQUIRES(mutex_);

  const Bounds bounds_;
  Account& account_;
  const std::shared_ptr<Feed> feed_;

  mutable text::Mutex mutex_;                                // protects the following
  std::deque<Kept> entries_ GUARDED_BY(mutex_);              // oldest first; their sequences have no gaps
  StatusHistory history_ GUARDED_BY(mutex_){kChangesKnown};  // its numbers are the sequences
  FeedReport::Clear clear_ GUARDED_BY(mutex_);
  Dropped dropped_ GUARDED_BY(mutex_);
};

}  // namespace vault_mock::spaces
