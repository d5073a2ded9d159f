#include "spaces/status_counts.hpp"

#include <gtest/gtest.h>
#include <map>

namespace vault_mock::spaces {
namespace {

using Expected = std::map<int, std::uint64_t>;

Expected of(const StatusCounts& counts) {
  Expected result;
  for (const auto& [status, answers] : counts.counts())
    if (answers > 0) result[status] = answers;
  return result;
}

TEST(StatusCounts, AreAddedAndSubtracted) {
  StatusCounts counts;
  counts.add(200, 3);
  counts.add(402);
  counts.add(200);
  EXPECT_EQ(of(counts), (Expected{{200, 4}, {402, 1}}));
  EXPECT_EQ(counts.all(), 5u);
  StatusCounts some;
  some.add(200, 4);
  counts.subtract(some);
  EXPECT_EQ(of(counts), (Expected{{402, 1}}));
  counts.add(some);
  EXPECT_EQ(of(counts), (Expected{{200, 4}, {402, 1}}));
}

TEST(StatusCounts, AreSubtractedFromTheUnknownWhereThereAreNone) {
  StatusCounts counts;
  counts.add(StatusCounts::kUnknown, 2);
  counts.add(200);
  counts.subtract(200, 2);
  EXPECT_EQ(of(counts), (Expected{{StatusCounts::kUnknown, 1}}));
}

TEST(StatusHistory, KnowsTheStatusesBehindANumber) {
  StatusHistory history(100);
  for (const int status : {200, 200, 402, 200, 500}) history.add(status);
  EXPECT_EQ(history.last(), 5u);
  EXPECT_EQ(of(history.totals()), (Expected{{200, 3}, {402, 1}, {500, 1}}));
  EXPECT_EQ(of(history.after(0)), of(history.totals()));
  EXPECT_EQ(of(history.after(1)), (Expected{{200, 2}, {402, 1}, {500, 1}}));
  EXPECT_EQ(of(history.after(4)), (Expected{{500, 1}}));
  EXPECT_EQ(of(history.after(5)), Expected());
  EXPECT_EQ(of(history.after(6)), Expected());
}

TEST(StatusHistory, CountsWhatItNoLongerKnowsApart) {
  StatusHistory history(2);
  for (int i = 0; i < 10; ++i) history.add(i % 2 == 0 ? 200 : 402);
  EXPECT_EQ(of(history.after(8)), (Expected{{200, 1}, {402, 1}}));
  const auto all = history.after(0);
  EXPECT_EQ(all.all(), 10u);
  EXPECT_GE(of(all)[StatusCounts::kUnknown], 6u);
  EXPECT_EQ(of(history.totals()), (Expected{{200, 5}, {402, 5}})) << "of all they are known for good";
}

TEST(StatusHistory, OfOneStatusIsKnownForever) {
  StatusHistory history(1);
  for (int i = 0; i < 1'000; ++i) history.add(200);
  EXPECT_EQ(of(history.after(100)), (Expected{{200, 900}}));
}

TEST(StatusHistory, CountsAnswersWhoseStatusIsNotKnown) {
  StatusHistory history(4);
  history.add(402);
  history.add_unknown(0);
  history.add_unknown(3);
  history.add(200);
  EXPECT_EQ(history.last(), 5u);
  EXPECT_EQ(of(history.totals()), (Expected{{402, 1}, {StatusCounts::kUnknown, 3}, {200, 1}}));
  EXPECT_EQ(of(history.after(2)), (Expected{{StatusCounts::kUnknown, 2}, {200, 1}}));
  EXPECT_EQ(of(history.after(0)), of(history.totals()));
  constexpr auto kMany = std::uint64_t{1} << 40;
  history.add_unknown(kMany);
  history.add(500);
  EXPECT_EQ(history.last(), kMany + 6);
  EXPECT_EQ(of(history.after(kMany)), (Expected{{500, 1}, {StatusCounts::kUnknown, 5}}));
  history.restart();
  EXPECT_EQ(history.last(), 0u);
  EXPECT_EQ(history.totals().all() + history.after(0).all(), 0u);
}

}  // namespace
}  // namespace vault_mock::spaces
