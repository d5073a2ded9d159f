// Rules that can never match: warned of when it is sure, and never otherwise.
#include "rules/language/unreachable.hpp"

#include <gtest/gtest.h>

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

// Whether the second of two rules is warned of.
bool hidden(const std::string& earlier, const std::string& later) {
  const Asking rules(earlier + "," + later);
  const auto found = find_unreachable(rules.book());
  for (const auto& rule : found) EXPECT_EQ(rule.index, 1u) << rule.reason;
  return !found.empty();
}

bool hides(const std::string& wide, const std::string& narrow) {
  return hidden(R"({"when":)" + wide + R"(,"respond":{"error":500}})",
                R"({"when":)" + narrow + R"(,"respond":{"error":402}})");
}

TEST(Unreachable, IsWhatComesAfterARuleForEverything) {
  EXPECT_TRUE(hides("{}", R"({"consumer_id":"a"})"));
  EXPECT_TRUE(hides("{}", "{}"));
}

TEST(Unreachable, IsWhatANarrowerConditionWouldNeed) {
  EXPECT_TRUE(hides(R"({"consumer_id":"a"})", R"({"consumer_id":"a","app_id":"b"})"));
  EXPECT_TRUE(hides(R"({"consumer_id":{"starts_with":"retry-"}})", R"({"consumer_id":"retry-1"})"));
  EXPECT_TRUE(hides(R"({"consumer_id":{"in":["a","b"]}})", R"({"consumer_id":"b"})"));
  EXPECT_TRUE(hides(R"({"consumer_id":{"not":"x"}})", R"({"consumer_id":"b"})"));
  EXPECT_TRUE(hides(R"({"consumer_id":{"starts_with":"a"}})",
                    R"({"consumer_id":{"starts_with":"a","ends_with":"b"}})"));
  EXPECT_TRUE(hides(R"({"any":[{"consumer_id":"a"},{"app_id":"b"}]})", R"({"app_id":"b","method":"POST"})"));
  EXPECT_TRUE(hides(R"({"app_id":"b"})", R"({"all":[{"app_id":"b"},{"method":"POST"}]})"));
  EXPECT_TRUE(hides(R"({"not":{"app_id":"b"}})", R"({"not":{"app_id":"b"},"method":"POST"})"));
  EXPECT_TRUE(hides(R"({"body":{"/a":{"gt":3}}})", R"({"body":{"/a":5}})"));
  EXPECT_TRUE(hides(R"({"method":["POST","PATCH"]})", R"({"method":"PATCH"})"));
  EXPECT_TRUE(hides(R"({"body":{"/a":{"empty":true}}})", R"({"body":{"/a":[]}})"));
}

TEST(Unreachable, IsNothingThatMayMatch) {
  EXPECT_FALSE(hides(R"({"consumer_id":"a"})", "{}"));
  EXPECT_FALSE(hides(R"({"consumer_id":"a"})", R"({"consumer_id":"b"})"));
  EXPECT_FALSE(hides(R"({"consumer_id":"a","app_id":"b"})", R"({"consumer_id":"a"})"));
  EXPECT_FALSE(hides(R"({"consumer_id":{"in":["a","b"]}})", R"({"consumer_id":{"in":["b","c"]}})"));
  EXPECT_FALSE(hides(R"({"headers":{"x":"a"}})", R"({"headers":{"y":"a"}})"));
  EXPECT_FALSE(hides(R"({"query":{"n":{"not":{"gt":3}}}})", R"({"query":{"n":"5"}})"))
      << "'5' is more than 3";
  EXPECT_FALSE(hides(R"({"body":{"/a":{"gt":3}}})", R"({"body":{"/a":"5"}})"));
}

TEST(Unreachable, IsNothingBehindARuleThatDoesNotAlwaysDecide) {
  const std::string later = R"({"when":{"consumer_id":"a"},"respond":{"error":402}})";
  EXPECT_FALSE(hidden(R"({"probability":0.5,"respond":{"error":500}})", later));
  EXPECT_FALSE(hidden(R"({"times":1,"respond":{"error":500}})", later));
  EXPECT_FALSE(hidden(R"({"given":{"s":null},"respond":{"error":500}})", later));
  EXPECT_TRUE(hidden(R"({"random":[{"error":500},{"pass":true}]})", later)) << "what is drawn decides";
  EXPECT_TRUE(hidden(R"({"respond":{"pass":true}})", later)) << "a pass decides too";
}

TEST(Unreachable, IsWhatAnEarlyRuleAlwaysAnswers) {
  const std::string later = R"({"respond":{"error":402}})";
  EXPECT_TRUE(hidden(R"({"before":"validation","respond":{"error":500}})", later));
  EXPECT_FALSE(hidden(R"({"before":"validation","respond":{"pass":true,"delay":"1s"}})", later));
  EXPECT_FALSE(hidden(R"({"before":"validation","sequence":[{"error":500}],"then":"pass"})", later));
}

TEST(Unreachable, IsAStateThatNothingSets) {
  const Asking rules(R"({"given":{"quota":"used up"},"respond":{"error":402}},
                        {"when":{"consumer_id":"a"},"sets":{"quota":"usedup"},"respond":{"pass":true}})");
  const auto found = find_unreachable(rules.book());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].index, 0u);
  EXPECT_EQ(found[0].reason, "no rule sets the state 'quota' to 'used up'");
}

TEST(Unreachable, NamesTheRuleThatComesFirst) {
  const Asking rules("{\"name\":\"all\",\"respond\":{\"error\":500}},\n{\"respond\":{\"error\":402}}");
  const auto found = find_unreachable(rules.book());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason,
            "mine.json#all (mine.json:1) comes first and matches everything this rule would");
}

}  // namespace
}  // namespace vault_mock::rules
