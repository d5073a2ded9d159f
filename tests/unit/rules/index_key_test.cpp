// By which texts a rule is found: those without which its condition cannot hold.
#include "rules/index_key.hpp"

#include <gtest/gtest.h>

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

// "consumer_id = a | b", "path = /crm…" for a prefix, "" for a condition without a key.
std::string key(std::string_view when) {
  const auto found = index_key_of(condition_of(when));
  if (!found) return "";
  std::string texts;
  for (const auto& text : found->texts)
    texts += (texts.empty() ? "" : " | ") + text + (found->match == KeyMatch::prefix ? "…" : "");
  return label(found->field) + " = " + texts;
}

TEST(IndexKey, IsTheTextThatAFieldIsComparedWith) {
  EXPECT_EQ(key(R"({"consumer_id":"a"})"), "consumer_id = a");
  EXPECT_EQ(key(R"({"consumer_id":{"equals":"a"}})"), "consumer_id = a");
  EXPECT_EQ(key(R"({"headers":{"X-Plan":"free"}})"), "header x-plan = free");
  EXPECT_EQ(key(R"({"query":{"page":"2"}})"), "query parameter page = 2");
  EXPECT_EQ(key(R"({"path":"/vault/sessions"})"), "path = /vault/sessions");
}

TEST(IndexKey, HasEachOfSeveralTextsOnceAndSorted) {
  EXPECT_EQ(key(R"({"consumer_id":{"in":["b","a","b"]}})"), "consumer_id = a | b");
  EXPECT_EQ(key(R"({"consumer_id":{"any":["b",{"in":["a","c"]}]}})"), "consumer_id = a | b | c");
  EXPECT_EQ(key(R"({"any":[{"consumer_id":"b"},{"all":[{"consumer_id":"a"},{"app_id":"x"}]}]})"),
            "consumer_id = a | b");
}

TEST(IndexKey, IsAPrefixWhereNoWholeTextIsKnown) {
  EXPECT_EQ(key(R"({"path":{"starts_with":"/crm"}})"), "path = /crm…");
  EXPECT_EQ(key(R"({"consumer_id":{"starts_with":"a-"},"app_id":"x"})"), "app_id = x");
  EXPECT_EQ(key(R"({"any":[{"consumer_id":"b"},{"consumer_id":{"starts_with":"a-"}}]})"),
            "consumer_id = a-… | b…")
      << "a whole text begins with itself";
}

TEST(IndexKey, PrefersTheFieldThatTellsMostRequestsApart) {
  EXPECT_EQ(key(R"({"app_id":"x","headers":{"h":"1"},"body":{"/a":"1"},"consumer_id":"a"})"),
            "consumer_id = a");
  EXPECT_EQ(key(R"({"app_id":"x","headers":{"h":"1"},"body":{"/a":"1"}})"), "body /a = 1");
  EXPECT_EQ(key(R"({"app_id":"x","headers":{"h":"1"}})"), "header h = 1");
  EXPECT_EQ(key(R"({"operation":"sessionsCreate","method":"POST"})"), "")
      << "nearly every request shares its operation and method";
}

TEST(IndexKey, GoesIntoThePartOfABody) {
  EXPECT_EQ(key(R"({"body":{"theme":{"vault_name":"v"}}})"), "body /theme/vault_name = v");
  EXPECT_EQ(key(R"({"body":{"a/b":"v"}})"), "body /a~1b = v");
  EXPECT_EQ(key(R"({"body":{"n":1,"list":["v"]}})"), "") << "numbers and lists are not texts";
}

TEST(IndexKey, IsMissingWhereOtherTextsMayHoldToo) {
  EXPECT_EQ(key("{}"), "");
  EXPECT_EQ(key(R"({"consumer_id":{"not":"a"}})"), "");
  EXPECT_EQ(key(R"({"not":{"consumer_id":"a"}})"), "");
  EXPECT_EQ(key(R"({"consumer_id":{"contains":"a"}})"), "");
  EXPECT_EQ(key(R"({"consumer_id":{"matches":"^a$"}})"), "");
  EXPECT_EQ(key(R"({"consumer_id":{"exists":false}})"), "");
  EXPECT_EQ(key(R"({"any":[{"consumer_id":"a"},{"app_id":"x"}]})"), "")
      << "one alternative names no consumer";
  EXPECT_EQ(key(R"({"any":[{"consumer_id":"a"},{"consumer_id":{"not":"b"}}]})"), "");
}

TEST(TextsAt, AreThoseOfOneFieldWhateverTheKeyIs) {
  const auto at = [](std::string_view when, RequestField::Place place, std::string name) {
    return texts_at(condition_of(when), RequestField{place, std::move(name), {}}, KeyMatch::whole);
  };
  using Texts = std::vector<std::string>;
  const auto both = R"({"consumer_id":"a","app_id":"x"})";
  EXPECT_EQ(at(both, RequestField::Place::app_id, "app_id"), Texts{"x"});
  EXPECT_EQ(at(both, RequestField::Place::api_key, "api_key"), std::nullopt);
  EXPECT_EQ(at(R"({"headers":{"a":"1"}})", RequestField::Place::header, "b"), std::nullopt);
}

}  // namespace
}  // namespace vault_mock::rules
