// What a mirror dropped to save memory, and takes from its store again.
#include <thread>

#include "unit/spaces/mirror.hpp"

namespace vault_mock::spaces {
namespace {

TEST(JournalRefill, IsFilledAgainAfterItWasEvicted) {
  Stored stored;
  Mirror mirror;
  stored.append(10);
  mirror.follow(stored);
  mirror.journal.evict_all();
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.evicted = 10});
  EXPECT_EQ(mirror.journal.mirrored_to(), 0u);
  stored.append(2);
  EXPECT_EQ(mirror.follow(stored, 3), 4);
  EXPECT_EQ(mirror.sequences(), numbers(1, 12));
  EXPECT_EQ(mirror.journal.dropped(), 0u) << "they are here again";
  EXPECT_EQ(mirror.fed(), 12u) << "each once";
  EXPECT_EQ(mirror.journal.report(0, 10).totals.all(), 12u);
}

TEST(JournalRefill, ShowsNewOnesWhileItIsFilledAgain) {
  Stored stored;
  Mirror mirror;
  stored.append(6);
  mirror.follow(stored);
  mirror.journal.evict_all();
  EXPECT_EQ(mirror.journal.mirror(0, stored.behind(0, 2), {}), "");
  EXPECT_EQ(mirror.journal.mirrored_to(), 2u);
  EXPECT_EQ(mirror.journal.size(), 0u) << "entries have no gaps";
  stored.append(1);
  EXPECT_EQ(mirror.journal.mirror(6, stored.behind(6, 10), {}), "");
  EXPECT_EQ(mirror.sequences(), numbers(7, 7));
  EXPECT_EQ(mirror.journal.mirrored_to(), 2u);
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(1, 7));
  EXPECT_EQ(mirror.fed(), 7u);
}

TEST(JournalRefill, TakesWhatItDroppedForMemoryAgainWhenThereIsRoom) {
  Stored stored;
  Mirror mirror({}, 100'000);
  mirror.account.charge(Part::consumers, 60'000);
  stored.append(20, 3'000);
  mirror.follow(stored, 7);
  const auto dropped = mirror.journal.dropped_by_cause().by_bytes;
  EXPECT_GT(dropped, 0u);
  EXPECT_EQ(mirror.journal.mirrored_to(), 20u) << "there is no room for more";
  mirror.account.charge(Part::consumers, -60'000);
  EXPECT_EQ(mirror.journal.mirrored_to(), 0u);
  mirror.follow(stored, 3);
  EXPECT_EQ(mirror.sequences(), numbers(1, 20));
  EXPECT_EQ(mirror.journal.dropped(), 0u);
  EXPECT_EQ(mirror.fed(), 20u);
  EXPECT_LE(mirror.account.used(), 100'000u);
}

TEST(JournalRefill, DoesNotAskForEverForWhatTheStoreHasNoLonger) {
  Stored stored;
  Mirror mirror;
  stored.append(10);
  mirror.follow(stored);
  mirror.journal.evict_all();
  stored.journal.entries.erase(stored.journal.entries.begin(), stored.journal.entries.begin() + 4);
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(5, 10));
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.evicted = 4});
  mirror.journal.evict_all();
  stored.journal.entries.clear();
  mirror.follow(stored);
  EXPECT_EQ(mirror.journal.mirrored_to(), 10u);
  EXPECT_EQ(mirror.journal.size(), 0u);
}

TEST(JournalRefill, LosesAgainWhatHasNoRoomAfterAll) {
  Stored stored;
  Mirror mirror({}, 100'000);
  stored.append(10, 5'000);
  mirror.follow(stored);
  mirror.journal.evict_all();
  const auto begin_again = [&] {
    EXPECT_EQ(mirror.journal.mirrored_to(), 0u);
    EXPECT_EQ(mirror.journal.mirror(0, stored.behind(0, 5), {}), "");
    EXPECT_EQ(mirror.journal.mirrored_to(), 5u);
    mirror.account.charge(Part::consumers, 90'000);
  };
  begin_again();
  EXPECT_EQ(mirror.journal.mirror(5, stored.behind(5, 5), {}), "");
  EXPECT_EQ(mirror.journal.mirrored_to(), 10u);
  EXPECT_EQ(mirror.account.used(), 90'000u);
  mirror.account.charge(Part::consumers, -90'000);
  begin_again();
  stored.append(1, 100);
  EXPECT_EQ(mirror.journal.mirror(10, stored.behind(10, 5), {}), "");
  EXPECT_EQ(mirror.sequences(), numbers(11, 11)) << "new ones are worth more";
  mirror.account.charge(Part::consumers, -90'000);
  EXPECT_EQ(mirror.journal.mirrored_to(), 11u) << "it has become dear: more room is wanted";
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.evicted = 10});
}

TEST(JournalRefill, IsCompleteWhicheverThreadMirrors) {
  Stored stored;
  stored.append(900);
  Mirror mirror;
  std::vector<std::thread> threads;
  for (std::size_t each = 5; each < 9; ++each)
    threads.emplace_back([&, each] {
      mirror.follow(stored, each);
      mirror.journal.evict_all();
      mirror.follow(stored, each);
    });
  for (auto& thread : threads) thread.join();
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(1, 900));
  EXPECT_EQ(mirror.journal.dropped(), 0u);
  EXPECT_EQ(mirror.fed(), 900u);
}

}  // namespace
}  // namespace vault_mock::spaces
