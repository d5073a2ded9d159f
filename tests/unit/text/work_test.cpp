#include "text/work.hpp"

#include <gtest/gtest.h>

#include "text/regex.hpp"

namespace vault_mock::text {
namespace {

TEST(WorkBudget, IsUnlimitedWhereNobodyMadeOne) {
  WorkBudget::spend(1'000'000);
  EXPECT_EQ(WorkBudget::left(), std::numeric_limits<std::uint64_t>::max());
}

TEST(WorkBudget, IsSpentAndNeverBelowNothing) {
  const WorkBudget budget(10);
  WorkBudget::spend(4);
  EXPECT_EQ(WorkBudget::left(), 6u);
  WorkBudget::spend(7);
  EXPECT_EQ(WorkBudget::left(), 0u);
}

TEST(WorkBudget, TakesThePlaceOfAnOuterOneUntilItEnds) {
  const WorkBudget outer(10);
  {
    const WorkBudget inner(100);
    WorkBudget::spend(50);
    EXPECT_EQ(WorkBudget::left(), 50u);
  }
  EXPECT_EQ(WorkBudget::left(), 10u);
}

TEST(WorkBudget, BoundsTheSearchesOfOneCallInAll) {
  const auto regex = Regex::compile("^(a+)+$").value();
  const std::string text(100'000, 'a');
  const auto cost = regex.cost(text);
  ASSERT_LT(cost, Regex::kMostSearch) << "each search by itself is within its bound";
  const WorkBudget budget(10 * cost);
  int searched = 0;
  while (searched < 100 && regex.search(text) == Regex::Found::yes) ++searched;
  EXPECT_GT(searched, 0);
  EXPECT_LT(searched, 11);
  EXPECT_EQ(regex.search(text), Regex::Found::too_long);
  EXPECT_EQ(regex.search("aaa"), Regex::Found::yes) << "what is left is enough for a short one";
}

}  // namespace
}  // namespace vault_mock::text
