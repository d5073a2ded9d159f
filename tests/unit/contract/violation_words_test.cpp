#include "contract/violation_words.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

using nlohmann::json;

std::string explained(std::string_view schema, std::string_view instance) {
  return to_detail(describe_violations(json::parse(schema), json::parse(instance), "request body"));
}

constexpr auto kClosed = R"({"type": "object", "additionalProperties": false, "properties": {
  "redirect_uri": {"type": "string"}, "settings": {"type": "object"}, "theme": {"type": "object"}}})";

TEST(ViolationWords, UsesTheWordsOfTheVendorsValidator) {
  EXPECT_EQ(explained(kClosed, R"({"redirect_uri": 1})"),
            "'redirect_uri' property type must be string (at /redirect_uri)");
  EXPECT_EQ(explained(kClosed, R"({"x": 1})"), "'x' property is not expected to be here (at /x)");
  EXPECT_EQ(explained(R"({"enum": ["a"]})", "\"zzz\""),
            "request body must be equal to one of the allowed values. Allowed values: a");
  EXPECT_EQ(explained(R"({"required": ["a", "b"]})", R"({"b": 1})"), "Missing property a");
  EXPECT_EQ(explained(R"({"type": ["string", "null"]})", "1"), "request body type must be string,null");
}

TEST(ViolationWords, NamesEveryViolationWithItsPlace) {
  EXPECT_EQ(explained(R"({"properties": {"a": {"items": {"type": "integer"}}, "b": {"required": ["c"]}}})",
                      R"({"a": [1, "x", 1.5], "b": {}})"),
            "'1' property type must be integer (at /a/1); '2' property type must be integer (at /a/2); "
            "Missing property c (at /b)");
}

TEST(ViolationWords, ListsAHundredViolationsAndShortensWhatTheyQuote) {
  const json many(std::vector<int>(100'000, 1));
  const auto violations =
      describe_violations(json::parse(R"({"items": {"type": "string"}})"), many, "request body");
  ASSERT_EQ(violations.size(), kMostViolations + 1);
  EXPECT_EQ(violations[99].place, "/99");
  EXPECT_EQ(violations[100].reason, "there are more violations, which are not listed");

  const json long_key{{std::string(1'000'000, 'k'), 1}};
  EXPECT_LT(to_detail(describe_violations(json::parse(kClosed), long_key, "request body")).size(), 1'000u);
}

TEST(ViolationWords, SaysNothingMoreOfAValueOfTheWrongType) {
  EXPECT_EQ(explained(R"({"type": "string", "minLength": 3, "enum": ["abc"]})", "1"),
            "request body type must be string");
}

TEST(ViolationWords, SuggestsTheNameThatWasMeant) {
  const auto violations = describe_violations(
      json::parse(kClosed), json::parse(R"({"redirectUri": "", "setings": {}})"), "request body");
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].suggestion,
            "Did you mean property 'redirect_uri'? The API takes snake_case; camelCase is how the SDKs spell "
            "it in code");
  EXPECT_EQ(violations[1].suggestion, "Did you mean property 'settings'?");
  EXPECT_EQ(violations[1].place, "/setings");
}

TEST(ViolationWords, SeesThroughAWrapper) {
  EXPECT_EQ(describe_violations(json::parse(kClosed),
                                json::parse(R"({"session": {"redirectUri": "", "theme": {}}})"), "")
                .front()
                .suggestion,
            "Send the content of 'session' as the body itself, without wrapping it");
  EXPECT_EQ(describe_violations(json::parse(kClosed), json::parse(R"({"session": {"banana": 1}})"), "")
                .front()
                .suggestion,
            "");
}

TEST(ViolationWords, KnowsTheBoundsOfListsTextsAndNumbers) {
  EXPECT_EQ(explained(R"({"minItems": 2})", "[1]"), "request body must not have fewer than 2 items");
  EXPECT_EQ(explained(R"({"maxItems": 0})", "[1]"), "request body must not have more than 0 items");
  EXPECT_EQ(explained(R"({"minLength": 2})", "\"é\""), "request body must not have fewer than 2 characters");
  EXPECT_EQ(explained(R"({"maxLength": 1})", "\"ab\""), "request body must not have more than 1 characters");
  EXPECT_EQ(explained(R"({"minimum": 2})", "1"), "request body must be >= 2");
  EXPECT_EQ(explained(R"({"maximum": 2})", "3"), "request body must be <= 2");
  EXPECT_EQ(explained(R"({"const": "a"})", "\"b\""), "request body must be equal to \"a\"");
}

TEST(ViolationWords, WalksIntoAllOfAndFurtherProperties) {
  EXPECT_EQ(explained(R"({"allOf": [{"required": ["a"]}, {"properties": {"b": {"type": "string"}}}]})",
                      R"({"b": 1})"),
            "Missing property a; 'b' property type must be string (at /b)");
  EXPECT_EQ(explained(R"({"additionalProperties": {"type": "string"}})", R"({"x": 1})"),
            "'x' property type must be string (at /x)");
}

TEST(ViolationWords, IsEmptyWhereItKnowsNothingThatIsViolated) {
  EXPECT_EQ(explained(R"({"pattern": "^x"})", "\"y\""), "");
  EXPECT_EQ(explained("true", "1"), "");
}

}  // namespace
}  // namespace vault_mock::contract
