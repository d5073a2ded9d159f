#include "rules/rule_state.hpp"

#include <gtest/gtest.h>

#include "rules/language/rule_file.hpp"

namespace vault_mock::rules {
namespace {

TEST(BoundedMap, ForgetsWhatWasUnusedForLongest) {
  BoundedMap<int> map(2);
  map.put("a", 1);
  map.put("b", 2);
  EXPECT_NE(map.find("a"), nullptr);
  map.put("c", 3);
  EXPECT_EQ(map.size(), 2u);
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(*map.find("a"), 1);
  map.erase("a");
  EXPECT_EQ(map.find("a"), nullptr);
  map.clear();
  EXPECT_EQ(map.size(), 0u);
}

TEST(BoundedMap, CountsItsBytesAndShrinksToSoMany) {
  BoundedMap<std::string> map;
  for (int i = 0; i < 100; ++i) map.put(std::to_string(i), std::string(1'000, 'x'));
  EXPECT_GT(map.bytes(), 100'000u);
  map.put("99", "short");
  map.put("98", std::string(2'000, 'y'));
  const auto forgotten = map.shrink(20'000);
  EXPECT_EQ(map.size(), 100 - forgotten);
  EXPECT_LE(map.bytes(), 20'000u);
  EXPECT_EQ(*map.find("99"), "short");
  EXPECT_EQ(map.find("0"), nullptr);
  map.shrink(0);
  EXPECT_EQ(map.size(), 1u) << "what was used last stays";
  map.erase("99");
  EXPECT_EQ(map.bytes(), 0u);
}

// What a fixture file looks like after it was saved with one rule changed.
TEST(RuleState, GoesOnCountingForRulesThatAreReadAgainUnchanged) {
  const auto read = [](std::string_view text) { return read_rule_file(text, "dir/mine.json", {})->rules; };
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
      read_rule_file(R"({"rules":[{"times":1,"respond":{"error":402}},{"times":1,"respond":{"error":402}}]})",
                     "x", {})
          ->rules;
  RuleState state;
  state.add_match(*rules[0], "");
  EXPECT_EQ(state.count(*rules[1], ""), 0u);
}

TEST(RuleState, StaysBoundedUnderAStreamOfConsumers) {
  const auto rules =
      read_rule_file(R"({"rules":[{"times":1,"per":"consumer","respond":{"error":402}}]})", "x", {})->rules;
  RuleState state;
  for (int i = 0; i < 100'001; ++i) state.add_match(*rules[0], std::to_string(i));
  EXPECT_EQ(state.count(*rules[0], "0"), 0u) << "forgotten";
  EXPECT_EQ(state.count(*rules[0], "100000"), 1u);
}

TEST(RuleState, TellsWhatWasForgottenByItsNumberAtTheNextShrinking) {
  const auto rules =
      read_rule_file(R"({"rules":[{"times":1,"per":"consumer","respond":{"error":402}}]})", "x", {})->rules;
  RuleState state;
  for (int i = 0; i < 100'003; ++i) state.add_match(*rules[0], std::to_string(i));
  const auto bytes = state.bytes();
  EXPECT_EQ(state.shrink(bytes), 3u);
  EXPECT_EQ(state.bytes(), bytes) << "there is room for all of it";
  EXPECT_EQ(state.shrink(bytes), 0u) << "told once";
}

TEST(RuleState, StaysBoundedUnderAStreamOfLongIds) {
  const auto rules =
      read_rule_file(R"({"rules":[{"times":1,"per":"consumer","sets":{"x":"y"},"respond":{"error":402}}]})",
                     "x", {})
          ->rules;
  RuleState state;
  for (int i = 0; i < 1'000; ++i) {
    const auto consumer = std::to_string(i) + std::string(10'000, 'x');
    state.add_match(*rules[0], consumer);
    state.set_state(*rules[0], consumer, {"x", "y"});
    state.shrink(500'000);
    ASSERT_LE(state.bytes(), 500'000u);
    ASSERT_EQ(state.count(*rules[0], consumer), 1u);
    ASSERT_EQ(state.state(*rules[0], consumer, "x"), "y");
  }
}

}  // namespace
}  // namespace vault_mock::rules
