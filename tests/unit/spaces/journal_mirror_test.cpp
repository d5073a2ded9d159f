#include <limits>

#include "unit/spaces/mirror.hpp"

namespace vault_mock::spaces {
namespace {

std::uint64_t unknown(const StatusCounts& counts) {
  for (const auto& [status, answers] : counts.counts())
    if (status == StatusCounts::kUnknown) return answers;
  return 0;
}

TEST(JournalMirror, HasWhatTheStoreHasInItsNumbers) {
  Stored stored;
  Mirror mirror;
  EXPECT_EQ(mirror.journal.mirrored_to(), 0u);
  stored.append(3, 0, 402);
  EXPECT_EQ(mirror.follow(stored, 2), 2) << "in two parts";
  stored.append(2);
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(1, 5));
  EXPECT_EQ(mirror.journal.last_sequence(), 5u);
  EXPECT_EQ(mirror.journal.mirrored_to(), 5u);
  EXPECT_EQ(mirror.journal.dropped(), 0u);
  EXPECT_EQ(mirror.fed(), 5u);
  EXPECT_EQ(mirror.journal.report(3, 10).newest.size(), 2u);
  EXPECT_EQ(mirror.journal.report(0, 10).newest.front().status, 402);
}

TEST(JournalMirror, LeavesWhatItHasAlready) {
  Stored stored;
  Mirror mirror;
  stored.append(4);
  mirror.follow(stored);
  EXPECT_EQ(mirror.journal.mirror(0, stored.behind(0, 3), {}), "") << "another thread was slower";
  EXPECT_EQ(mirror.sequences(), numbers(1, 4));
  EXPECT_EQ(mirror.fed(), 4u);
}

TEST(JournalMirror, CountsWhatIsNoLongerInTheStoreAsDroppedByNumber) {
  Stored stored{.most = 10, .journal = {}};
  Mirror mirror({.entries = 10});
  stored.append(25);
  mirror.follow(stored, 4);
  EXPECT_EQ(mirror.sequences(), numbers(16, 25));
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.by_number = 15});
  EXPECT_EQ(unknown(mirror.journal.report(0, 1).totals), 15u);
  stored.append(30);
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(46, 55)) << "a gap, and what was before it";
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.by_number = 45});
  EXPECT_EQ(mirror.fed(), 20u) << "those that it has seen";
}

TEST(JournalMirror, IsClearedWithTheStore) {
  Stored stored;
  Mirror mirror;
  stored.append(4, 0, 402);
  mirror.follow(stored);
  stored.append(2, 0, 500);
  stored.clear();
  stored.append(3);
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(7, 9));
  EXPECT_EQ(mirror.journal.dropped(), 0u) << "what was cleared was not dropped";
  const auto report = mirror.journal.report(0, 10);
  EXPECT_EQ(report.clear.count, 1u);
  EXPECT_EQ(report.clear.last, 6u);
  EXPECT_EQ(report.clear.totals.all(), 6u);
  EXPECT_EQ(unknown(report.clear.totals), 2u);
  EXPECT_TRUE(mirror.journal.start(5).is_of_another_run) << "what the reader had seen was cleared";
}

TEST(JournalMirror, IsClearedWhereNothingHasComeSince) {
  Stored stored;
  Mirror mirror;
  stored.append(4);
  mirror.follow(stored);
  stored.clear();
  EXPECT_EQ(mirror.journal.mirror(4, stored.behind(4, 10), {}), "");
  EXPECT_EQ(mirror.journal.size(), 0u);
  EXPECT_EQ(mirror.journal.clears(), 1u);
  EXPECT_EQ(mirror.account.used(), 0u);
}

TEST(JournalMirror, CountsFromTheLastClearWhereItComesLate) {
  Stored stored{.most = 5, .journal = {}};
  stored.append(100);
  stored.clear();
  stored.clear();
  stored.append(8);
  Mirror mirror;
  mirror.follow(stored);
  EXPECT_EQ(mirror.sequences(), numbers(104, 108));
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.by_number = 3});
  EXPECT_EQ(mirror.journal.clears(), 2u);
}

TEST(JournalMirror, APartOfBeforeAClearChangesNothing) {
  Stored stored;
  stored.append(4);
  const auto before = stored.behind(0, 10);
  stored.clear();
  Mirror mirror;
  EXPECT_EQ(mirror.journal.mirror(0, stored.behind(0, 10), {}), "");
  EXPECT_EQ(mirror.journal.mirror(0, before, {}), "");
  EXPECT_EQ(mirror.journal.size(), 0u);
  EXPECT_EQ(mirror.fed(), 0u);
}

TEST(JournalMirror, BeginsAnewWithItsStore) {
  Stored stored;
  Mirror mirror;
  stored.append(6);
  stored.clear();
  stored.append(6);
  mirror.follow(stored);
  const auto news = mirror.journal.last_sequence() + mirror.journal.clears();
  const auto clears = mirror.journal.clears();
  mirror.journal.restart();
  EXPECT_NE(mirror.journal.last_sequence() + mirror.journal.clears(), news);
  EXPECT_NE(mirror.journal.report(12, 10).clear.count, clears) << "its readers see it";
  EXPECT_EQ(mirror.journal.mirrored_to(), 0u);
  EXPECT_EQ(mirror.account.used(), 0u);
  Stored other;
  other.append(2);
  mirror.follow(other);
  EXPECT_EQ(mirror.sequences(), numbers(1, 2));
  EXPECT_EQ(mirror.journal.dropped(), 0u);
  EXPECT_EQ(mirror.journal.report(0, 10).totals.all(), 2u);
  other.clear();
  EXPECT_EQ(mirror.journal.mirror(2, other.behind(2, 10), {}), "");
  EXPECT_EQ(mirror.journal.size(), 0u) << "clears are counted anew, too";
}

TEST(JournalMirror, SaysWhatItCannotReadAndGoesOnBehindIt) {
  Stored stored;
  Mirror mirror;
  stored.append(5);
  stored.journal.entries[2].second = "?";
  EXPECT_TRUE(
      mirror.journal.mirror(0, stored.behind(0, 10), {}).starts_with("request 3: the entry is of format 63"));
  EXPECT_EQ(mirror.sequences(), numbers(4, 5));
  EXPECT_EQ(mirror.journal.dropped_by_cause(), Journal::Dropped{.by_number = 3});
  stored.append(1);
  stored.journal.entries.back().second.clear();
  EXPECT_NE(mirror.journal.mirror(5, stored.behind(5, 10), {}), "");
  EXPECT_EQ(mirror.journal.mirrored_to(), 6u) << "the store is not asked again";
  EXPECT_EQ(mirror.journal.size(), 0u);
  EXPECT_EQ(mirror.journal.dropped(), 6u);
}

TEST(JournalMirror, StandsNumbersThatNoStoreHas) {
  constexpr auto kHuge = std::numeric_limits<std::uint64_t>::max();
  Mirror mirror;
  EXPECT_NE(mirror.journal.mirror(0, {.last = kHuge}, {}), "");
  EXPECT_NE(mirror.journal.mirror(0, {.last = 5, .cleared_to = 6, .clears = 1}, {}), "");
  EXPECT_EQ(mirror.journal.last_sequence(), 0u);
  const auto bytes = write_entry({});
  EXPECT_EQ(
      mirror.journal.mirror(0, {.last = 9, .entries = {{7, bytes}, {7, bytes}, {3, bytes}, {50, bytes}}}, {}),
      "");
  EXPECT_EQ(mirror.sequences(), numbers(7, 7));
  EXPECT_EQ(mirror.journal.mirror(7, {.last = std::uint64_t{1} << 50}, {}), "");
  EXPECT_EQ(mirror.journal.last_sequence(), std::uint64_t{1} << 50) << "without counting there";
}

}  // namespace
}  // namespace vault_mock::spaces
