#include "scenarios/player/json_pattern.hpp"

#include <gtest/gtest.h>

namespace vault_mock::scenarios {
namespace {

// "line pointer words" of each mismatch, one a line.
std::string mismatches(std::string_view pattern, std::string_view actual) {
  const auto read = JsonPattern::read(pattern);
  if (!read) return "unreadable: " + read.error();
  std::string result;
  for (const auto& [pointer, line, words] : read->compare(nlohmann::json::parse(actual)))
    result += std::to_string(line) + " " + pointer + " " + words + "\n";
  return result;
}

TEST(Wildcards, StandForAnyTextAndNone) {
  EXPECT_TRUE(matches_wildcards("…", ""));
  EXPECT_TRUE(matches_wildcards("a…c", "abbc"));
  EXPECT_TRUE(matches_wildcards("…b…b…", "abcb"));
  EXPECT_FALSE(matches_wildcards("a…c", "abcd"));
  EXPECT_FALSE(matches_wildcards("…b…b…", "abc"));
  EXPECT_FALSE(matches_wildcards("", "a"));
}

TEST(JsonPattern, ComparesEverythingThatIsSaid) {
  EXPECT_EQ(mismatches(R"({"a": [1, "x", null, true]})", R"({"a":[1,"x",null,true]})"), "");
  EXPECT_EQ(mismatches(R"({"a": 1})", R"({"a":2})"), "0 /a expected 1, got 2\n");
  EXPECT_EQ(mismatches(R"({"a": 1})", R"({"a":"1"})"), "0 /a expected 1, got \"1\"\n");
  EXPECT_EQ(mismatches("[]", "{}"), "0  expected [], got {}\n");
  EXPECT_EQ(mismatches("[1]", "[1,2]"), "0  expected 1 elements, got [1,2]\n");
}

TEST(JsonPattern, NamesWhatIsMissingAndWhatIsTooMuch) {
  EXPECT_EQ(mismatches("{\n  \"a\": 1,\n  \"b\": 2\n}", R"({"a":1,"c":3})"),
            "2 /b is missing\n0 /c is not expected, it is 3\n");
}

TEST(JsonPattern, PointsAtTheLineThatDiffers) {
  EXPECT_EQ(
      mismatches("{\n  \"a\": {\n    \"b\": [\n      1,\n      \"x…\"\n    ] } }", R"({"a":{"b":[1,"y"]}})"),
      "4 /a/b/1 expected \"x…\", got \"y\"\n");
}

TEST(JsonPattern, LetsMembersElementsAndValuesBeOpen) {
  EXPECT_EQ(mismatches(R"({"a": 1, …})", R"({"b":2,"a":1})"), "");
  EXPECT_EQ(mismatches(R"({ … })", "{}"), "");
  EXPECT_EQ(mismatches(R"({"a": 1, …})", R"({"b":2})"), "0 /a is missing\n");
  EXPECT_EQ(mismatches(R"([1, …])", "[1,2,3]"), "");
  EXPECT_EQ(mismatches(R"([1, 2, …])", "[1]"), "0  expected 2 elements, got [1]\n");
  EXPECT_EQ(mismatches(R"({"a": …, "b": {"c": …}})", R"({"a":[],"b":{"c":null}})"), "");
  EXPECT_EQ(mismatches(R"({"a": …})", "{}"), "0 /a is missing\n");
  EXPECT_EQ(mismatches("…", "7"), "");
}

TEST(JsonPattern, KeepsAnEllipsisInAStringAString) {
  EXPECT_EQ(mismatches(R"({"a": "…"})", R"({"a":"any"})"), "");
  EXPECT_EQ(mismatches(R"({"a": "…"})", R"({"a":1})"), "0 /a expected \"…\", got 1\n");
}

TEST(JsonPattern, RefusesWhatIsNoJson) {
  EXPECT_EQ(mismatches("{", "{}").substr(0, 10), "unreadable");
  EXPECT_EQ(mismatches("{} x", "{}").substr(0, 10), "unreadable");
  EXPECT_EQ(mismatches(R"({"a": 1, "a": 2})", "{}"), "unreadable: stands twice: /a");
}

}  // namespace
}  // namespace vault_mock::scenarios
