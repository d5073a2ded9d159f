// Whether one condition follows from another: "no" where that is not certain.
#include "rules/language/implication.hpp"

#include <gtest/gtest.h>

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

bool follows(std::string_view wide, std::string_view narrow) {
  return implies(condition_of(narrow), condition_of(wide));
}

TEST(Implication, HoldsForEqualConditionsAndForTheEmptyOne) {
  for (const auto* when :
       {R"({"consumer_id":"a"})", R"({"path":{"matches":"^/crm"}})", R"({"not":{"app_id":"x"}})",
        R"({"any":[{"app_id":"x"},{"app_id":"y"}]})", R"({"body":{"a":{"b":1}}})", "{}"}) {
    EXPECT_TRUE(follows(when, when)) << when;
    EXPECT_TRUE(follows("{}", when)) << when;
  }
  EXPECT_FALSE(follows(R"({"consumer_id":"a"})", "{}"));
}

TEST(Implication, AsksEachKnownTextOfAField) {
  EXPECT_TRUE(follows(R"({"consumer_id":{"starts_with":"a"}})", R"({"consumer_id":{"in":["a1","a2"]}})"));
  EXPECT_FALSE(follows(R"({"consumer_id":{"starts_with":"a"}})", R"({"consumer_id":{"in":["a1","b2"]}})"));
  EXPECT_TRUE(follows(R"({"consumer_id":{"exists":true}})", R"({"consumer_id":"a"})"));
  EXPECT_TRUE(follows(R"({"query":{"page":{"gt":1}}})", R"({"query":{"page":"2"}})"))
      << "a text that reads as a number is one outside the body";
  EXPECT_FALSE(follows(R"({"body":{"/n":{"gt":1}}})", R"({"body":{"/n":"2"}})")) << "in the body it is not";
}

TEST(Implication, ComparesTheTestsWhereNoTextIsKnown) {
  EXPECT_TRUE(follows(R"({"consumer_id":{"starts_with":"a"}})",
                      R"({"consumer_id":{"starts_with":"a","contains":"b"}})"));
  EXPECT_FALSE(follows(R"({"consumer_id":{"starts_with":"a","contains":"b"}})",
                       R"({"consumer_id":{"starts_with":"a"}})"));
  EXPECT_FALSE(follows(R"({"consumer_id":{"starts_with":"a"}})", R"({"consumer_id":{"starts_with":"ab"}})"))
      << "it would follow, but this is not examined";
}

TEST(Implication, NeedsEveryPartOfTheWiderCondition) {
  EXPECT_TRUE(follows(R"({"app_id":"x"})", R"({"app_id":"x","consumer_id":"a"})"));
  EXPECT_FALSE(follows(R"({"app_id":"x","consumer_id":"a"})", R"({"app_id":"x"})"));
  EXPECT_FALSE(follows(R"({"headers":{"a":"1"}})", R"({"headers":{"b":"1"}})"));
  EXPECT_FALSE(follows(R"({"app_id":"x"})", R"({"api_key":"x"})"));
}

TEST(Implication, LooksIntoAllAndAny) {
  EXPECT_TRUE(follows(R"({"app_id":"x"})", R"({"all":[{"all":[{"app_id":"x"}]},{"consumer_id":"a"}]})"));
  EXPECT_TRUE(
      follows(R"({"all":[{"app_id":"x"},{"consumer_id":"a"}]})", R"({"app_id":"x","consumer_id":"a"})"));
  EXPECT_FALSE(follows(R"({"all":[{"app_id":"x"},{"consumer_id":"a"}]})", R"({"app_id":"x"})"));
  EXPECT_TRUE(follows(R"({"any":[{"app_id":"x"},{"consumer_id":"a"}]})", R"({"consumer_id":"a"})"));
  EXPECT_FALSE(follows(R"({"any":[{"app_id":"x"},{"consumer_id":"a"}]})", R"({"consumer_id":"b"})"));
  EXPECT_FALSE(follows(R"({"app_id":"x"})", R"({"any":[{"app_id":"x"},{"consumer_id":"a"}]})"));
}

TEST(Implication, OfANegationIsCertainOnlyForTheSameOne) {
  EXPECT_FALSE(follows(R"({"not":{"app_id":"x"}})", R"({"not":{"app_id":"y"}})"));
  EXPECT_FALSE(follows(R"({"not":{"app_id":"x"}})", R"({"app_id":"y"})"));
  EXPECT_TRUE(follows(R"({"app_id":{"not":"x"}})", R"({"app_id":"y"})"));
  EXPECT_FALSE(follows(R"({"app_id":{"not":"x"}})", R"({"app_id":"x"})"));
}

}  // namespace
}  // namespace vault_mock::rules
