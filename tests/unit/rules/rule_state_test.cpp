#include "rules/rule_state.hpp"

#include <gtest/gtest.h>

#include "rules/fixture.hpp"

namespace vault_mock::rules {
namespace {

TEST(BoundedMap, ForgetsWhatWasUnusedForLongest) {
  BoundedMap<int> map(2);
  map["a"] = 1;
  map["b"] = 2;
  EXPECT_NE(map.find("a"), nullptr);
  map["c"] = 3;
  EXPECT_EQ(map.size(), 2u);
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(*map.find("a"), 1);
  map.erase("a");
  EXPECT_EQ(map.find("a"), nullptr);
  map.clear();
  EXPECT_EQ(map.size(), 0u);
}

// What a fixture file looks like after it was saved with one rule changed.
TEST(RuleState, GoesOnCountingForRulesThatAreReadAgainUnchanged) {
  const auto read = [](std::string_view text) { return read_fixture(text, "dir/mine.json", {})->rules; };
  const auto before = read(
      R"({"rules":[{"times":5,"respond":{"error":402}},{"name":"b","times":5,"respond":{"error":402}}]})");
  const auto after = read(
      R"({"rules":[{"name":"b", "times": 5, "respond": {"error":402}}, {"times":5,"respond":{"error":503}}]})");
  RuleState state;
  state.add_match(*before[0], "");
  state.add_match(*before[1], "");
  EXPECT_EQ(state.count(*after[0], ""), 1u);
  EXPECT_EQ(state.count(*after[1], ""), 0u);
}

TEST(RuleState, TellsTheSameRuleTwiceApart) {
  const auto rules =
      read_fixture(R"({"rules":[{"times":1,"respond":{"error":402}},{"times":1,"respond":{"error":402}}]})",
                   "x", {})
          ->rules;
  RuleState state;
  state.add_match(*rules[0], "");
  EXPECT_EQ(state.count(*rules[1], ""), 0u);
}

TEST(RuleState, StaysBoundedUnderAStreamOfConsumers) {
  const auto rules =
      read_fixture(R"({"rules":[{"times":1,"per":"consumer","respond":{"error":402}}]})", "x", {})->rules;
  RuleState state;
  for (int i = 0; i < 100'001; ++i) state.add_match(*rules[0], std::to_string(i));
  EXPECT_EQ(state.count(*rules[0], "0"), 0u) << "forgotten";
  EXPECT_EQ(state.count(*rules[0], "100000"), 1u);
}

}  // namespace
}  // namespace vault_mock::rules
