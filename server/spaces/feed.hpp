// What readers of the feed follow: the requests of one space's journal, or, in a Feed, those of all spaces.
//
// A reader asks again and again, never waits, and always gets the numbers and the newest entries of one
// moment. So it can say how many requests it does not show one by one, exactly and by status.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "spaces/entry.hpp"
#include "spaces/status_counts.hpp"
#include "text/mutex.hpp"

namespace vault_mock::spaces {

// Where a reader begins: behind the request `after`.
struct FeedStart {
  std::uint64_t after = 0;
  bool is_of_another_run = false;  // the reader named a request that has not come yet
  StatusCounts pending;            // of the requests that have come behind `after`
  StatusCounts totals;             // of all that have come
  std::uint64_t clears = 0;
};

struct FeedItem {
  std::uint64_t sequence = 0;
  int status = 0;
  std::shared_ptr<const Entry> entry;  // null: it has left its journal
};

struct FeedReport {
  std::uint64_t last = 0;  // the sequence of the newest request
  StatusCounts totals;
  std::vector<FeedItem> newest;  // oldest first, without gaps
  StatusCounts newer;            // of the requests that came after those, up to `last`

  // How often the journal was cleared, and what had come by the last time.
  struct Clear {
    std::uint64_t count = 0;
    std::uint64_t last = 0;
    StatusCounts totals;
  };
  Clear clear;
};

// Threads: any thread may call.
class FeedSource {
 public:
  virtual ~FeedSource() = default;
  // Nothing: from now on.
  virtual FeedStart start(std::optional<std::uint64_t> after) const = 0;
  // At most `most` of the entries behind `after`.
  virtual FeedReport report(std::uint64_t after, std::size_t most) const = 0;
};

// Which requests a report has: those numbered from `first` to `end`; none where it is behind that.
struct FeedWindow {
  std::uint64_t first = 1, end = 0;
};
// The newest of those numbered from `begin` to `last`. Where there are many more than `most`, it ends a
// little before the last one, at a round number: readers who ask at about the same time then get the same
// ones, so that each is put into words once.
FeedWindow window_of(std::uint64_t begin, std::uint64_t last, std::size_t most);

FeedStart start_of(const StatusHistory& history, std::optional<std::uint64_t> after);

// The requests of all spaces that the registry keeps, in one order. It keeps no entry in memory: what leaves
// its journal is gone from here.
class Feed final : public FeedSource {
 public:
  static constexpr std::size_t kKept = 1'024;

  Feed() : slots_(kKept) {}

  // Numbers the entry (Entry::program_sequence). The caller may hold the lock of a journal. Where there is no
  // memory, it throws and nothing has changed.
  void add(const std::shared_ptr<KeptEntry>& entry);
  // Something else has changed in one of its spaces.
  void note_change() { changes_.fetch_add(1, std::memory_order_relaxed); }

  // A number that is another one after each request and each change: a reader who has seen it has nothing
  // to look for.
  std::uint64_t news() const;
  FeedStart start(std::optional<std::uint64_t> after) const override;
  FeedReport report(std::uint64_t after, std::size_t most) const override;

 private:
  static constexpr std::size_t kChangesKnown = 32'768;

  struct Slot {
    std::weak_ptr<const KeptEntry> entry;
    int status = 0;
  };

  std::atomic<std::uint64_t> changes_{0};

  mutable text::Mutex mutex_;                   // protects the following
  std::vector<Slot> slots_ GUARDED_BY(mutex_);  // that of number n at n % kKept
  StatusHistory history_ GUARDED_BY(mutex_){kChangesKnown};
};

}  // namespace vault_mock::spaces
