#include "spaces/feed.hpp"

#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "spaces/registry.hpp"

namespace vault_mock::spaces {
namespace {

SpaceDefaults defaults() {
  SpaceDefaults defaults;
  defaults.secret = "s";
  defaults.journal.entries = 10;
  return defaults;
}

void record(Registry& registry, const std::string& space, int status = 200) {
  Entry entry;
  entry.status = status;
  entry.space = space;
  registry.get(space)->journal().record(entry);
}

TEST(Feed, NumbersTheRequestsOfAllSpacesInOneOrder) {
  Registry registry(defaults(), 10);
  record(registry, "a");
  record(registry, "b", 402);
  record(registry, "a");
  const auto report = registry.feed().report(0, 100);
  EXPECT_EQ(report.last, 3u);
  ASSERT_EQ(report.newest.size(), 3u);
  const std::vector<std::string_view> spaces = {"a", "b", "a"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(report.newest[i].sequence, i + 1);
    EXPECT_EQ(report.newest[i].entry->program_sequence, i + 1);
    EXPECT_EQ(report.newest[i].entry->space, spaces[i]);
  }
  EXPECT_EQ(report.newest[2].entry->sequence, 2u) << "the second of its space";
  EXPECT_EQ(registry.feed().report(1, 1).newest.front().sequence, 3u) << "the newest";
}

TEST(Feed, KeepsNoEntryThatHasLeftItsJournal) {
  Registry registry(defaults(), 10);
  record(registry, "a", 402);
  record(registry, "b");
  registry.get("a")->journal().clear();
  const auto report = registry.feed().report(0, 100);
  ASSERT_EQ(report.newest.size(), 2u);
  EXPECT_EQ(report.newest[0].entry, nullptr);
  EXPECT_EQ(report.newest[0].status, 402) << "it is known what it was";
  EXPECT_NE(report.newest[1].entry, nullptr);
}

TEST(Feed, HasTheRequestsOfASpaceThatWasPassingWhenItWasMade) {
  Registry registry(defaults(), 10);
  const auto space = registry.passing_space("passing");
  ASSERT_TRUE(registry.keep(space));
  space->journal().record({});
  EXPECT_EQ(registry.feed().report(0, 100).last, 1u);
}

TEST(Feed, ItsNumberOfNewsMovesOnWithEachRequestAndChange) {
  Registry registry(defaults(), 10);
  const auto space = registry.get("a");
  auto former = std::pair(registry.feed().news(), space->news());
  const auto moves = [&](const auto& change) {
    change();
    const auto now = std::pair(registry.feed().news(), space->news());
    const auto last = std::exchange(former, now);
    return last.first != now.first && last.second != now.second;
  };
  EXPECT_TRUE(moves([&] { space->journal().record({}); }));
  EXPECT_TRUE(moves([&] { space->journal().clear(); }));
  EXPECT_TRUE(moves([&] { space->reset({.clock = true}); }));
  EXPECT_FALSE(moves([&] { registry.get("b")->set_seed(1); }));
}

TEST(Feed, RemembersTheLastThousand) {
  Registry registry(defaults(), 10);
  for (std::size_t i = 0; i < Feed::kKept + 10; ++i) record(registry, "a");
  const auto report = registry.feed().report(0, 10'000);
  EXPECT_EQ(report.newest.size(), Feed::kKept);
  EXPECT_EQ(report.newest.front().sequence, 11u);
  EXPECT_EQ(report.newest.back().sequence, report.last);
  EXPECT_EQ(registry.feed().start(5).pending.all(), report.last - 5);
}

TEST(Feed, ShowsTheSameOnesToAllWhoAskAtAboutTheSameTime) {
  const auto window = window_of(1, 2'000, 10);
  EXPECT_EQ(window.end, 1'792u) << "a round number";
  EXPECT_EQ(window.first, 1'783u);
  EXPECT_EQ(window_of(20, 1'990, 10).first, 1'783u);
  EXPECT_EQ(window_of(1'990, 2'000, 10).first, 1'991u) << "the last ten of eleven";
  EXPECT_EQ(window_of(1'990, 2'000, 20).first, 1'990u);
  for (std::uint64_t last = 1; last < 3'000; ++last)
    for (const std::uint64_t begin : {std::uint64_t{1}, last / 2 + 1, last}) {
      const auto some = window_of(begin, last, 3);
      ASSERT_GE(some.first, begin) << begin << " to " << last;
      ASSERT_LE(some.end, last);
      ASSERT_EQ(some.end - some.first + 1, std::min<std::uint64_t>(3, last - begin + 1));
    }
  const auto none = window_of(5, 4, 10);
  EXPECT_GT(none.first, none.end);
  EXPECT_GT(window_of(1, 4, 0).first, window_of(1, 4, 0).end);
}

// What a reader shows and what it misses is together everything, whoever records meanwhile.
TEST(Feed, IsExactWhileManyRecord) {
  constexpr int kEach = 2'000, kThreads = 3;
  Registry registry(defaults(), 10);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&registry, thread] {
      for (int i = 0; i < kEach; ++i) record(registry, std::to_string(thread), i % 3 == 0 ? 402 : 200);
    });
  const auto& feed = registry.feed();
  auto start = feed.start(std::nullopt);
  auto counted = start.totals.all();
  std::uint64_t last = start.after;
  while (counted < kEach * kThreads) {
    const auto report = feed.report(last, 7);
    auto fresh = report.totals;
    fresh.subtract(start.totals);
    EXPECT_EQ(fresh.all(), report.last - last);
    for (std::size_t i = 0; i < report.newest.size(); ++i)
      EXPECT_EQ(report.newest[i].sequence, report.newest.front().sequence + i);
    const auto shown = report.newest.empty() ? report.last : report.newest.back().sequence;
    EXPECT_EQ(report.newer.all(), report.last - shown);
    start.totals = report.totals;
    last = report.last;
    counted += fresh.all();
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(feed.start(0).totals.all(), kEach * kThreads);
}

}  // namespace
}  // namespace vault_mock::spaces
