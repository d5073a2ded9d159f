#include "text/json/fast_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "text/json/json_document.hpp"

namespace vault_mock::text {
namespace {

using nlohmann::json;

// What the flat reader makes of a text; nothing: it leaves the text to the exact reader.
std::optional<json> flat(std::string_view text) {
  FastJson reader;
  if (!reader.read(text)) return std::nullopt;
  return to_json(reader.values().front());
}

TEST(FastJson, ReadsWhatTheExactReaderReads) {
  for (const auto* text : {"null",
                           "true",
                           "false",
                           "0",
                           "-1",
                           "12",
                           "9223372036854775807",
                           "9223372036854775808",
                           "18446744073709551615",
                           "-9223372036854775808",
                           "1.5",
                           "1e3",
                           "-2E-2",
                           "\"\"",
                           R"("a\"\\\/\b\f\n\r\t\u00e9")",
                           R"("\ud83d\ude00")",
                           "[]",
                           "{}",
                           "[[],{}]",
                           R"({"a":{"b":[1,"x",null]},"c":[]})",
                           " {\n\t\"a\" : 1 }\r\n",
                           R"({"":0,"a/b":1})"}) {
    const auto value = flat(text);
    ASSERT_TRUE(value) << text;
    const auto exact = read_json(text)->value;
    EXPECT_EQ(*value, exact) << text;
    EXPECT_EQ(value->type(), exact.type()) << text;  // 1 and 1.0 are equal to nlohmann
  }
}

TEST(FastJson, IsWrittenWithoutWhiteSpaceInTheOrderItStands) {
  FastJson reader;
  ASSERT_TRUE(reader.read(R"( { "b" : [ 1, -2, 1.5, true, null, "\u00e9\"\n/" ], "a" : { } , "" : [ ] } )"));
  EXPECT_EQ(dump(reader.values().front()), R"({"b":[1,-2,1.5,true,null,"é\"\n/"],"a":{},"":[]})");
}

TEST(FastJson, TakesTheNegativeZeroForZero) { EXPECT_EQ(flat("-0"), json(0)); }

TEST(FastJson, LeavesToTheExactReaderWhatNeedsWords) {
  for (const auto* text : {"", " ", "{", "[1,]", "{\"a\"}", "nul", "01", "1.", "\"\x01\"", "\"\xff\"",
                           R"("\ud800")", "1 2", "\xEF\xBB\xBF{}", "123456789012345678901234567890"})
    EXPECT_FALSE(flat(text)) << text;
}

TEST(FastJson, LeavesKeysThatStandTwiceToTheExactReader) {
  EXPECT_FALSE(flat(R"({"a":1,"a":1})"));
  EXPECT_FALSE(flat(R"({"x":[{"a":1,"b":2,"\u0061":3}]})"));
  EXPECT_TRUE(flat(R"({"a":{"a":1},"b":{"a":1}})"));
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  EXPECT_EQ(flat(many + "\"last\":0}"), read_json(many + "\"last\":0}")->value);
  EXPECT_FALSE(flat(many + "\"k0\":0}"));
}

TEST(FastJson, IsAsDeepAsTheExactReader) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(flat(nested(FastJson::kDeepest)));
  EXPECT_TRUE(read_json(nested(FastJson::kDeepest), FastJson::kDeepest));
  EXPECT_FALSE(flat(nested(FastJson::kDeepest + 1)));
  EXPECT_FALSE(read_json(nested(FastJson::kDeepest + 1), FastJson::kDeepest));
  EXPECT_FALSE(flat(nested(50'000)));
}

TEST(FastJson, LeavesLongTextsToTheExactReader) {
  EXPECT_TRUE(flat("\"" + std::string(FastJson::kLongest - 2, 'x') + "\""));
  EXPECT_FALSE(flat("\"" + std::string(FastJson::kLongest - 1, 'x') + "\""));
}

TEST(FastJson, CanBeReadTwiceAndHeldTwice) {
  FastJson first, second;
  ASSERT_TRUE(first.read("[1]"));
  ASSERT_TRUE(second.read("[2,3]"));
  EXPECT_EQ(to_json(first.values().front()), json({1}));
  ASSERT_TRUE(first.read("\"x\""));
  EXPECT_EQ(to_json(first.values().front()), "x");
  EXPECT_EQ(to_json(second.values().front()), json({2, 3}));
  EXPECT_FALSE(first.read("]"));
  EXPECT_TRUE(first.values().empty());
}

TEST(FastJson, ReadsAgainAfterTextsThatItsMemoryIsGivenBackFor) {
  const std::string large = "[\"" + std::string(2 * FastJson::kLongestKept, 'x') + "\",1]";
  for (int turn = 0; turn < 3; ++turn) {
    FastJson first, second, third, fourth;
    ASSERT_TRUE(first.read(large));
    ASSERT_TRUE(second.read("[2]"));
    ASSERT_TRUE(third.read(large));
    ASSERT_TRUE(fourth.read("[4]"));
    EXPECT_EQ(dump(first.values().front()), large);
    EXPECT_EQ(dump(third.values().front()), large);
    EXPECT_EQ(dump(second.values().front()), "[2]");
    EXPECT_EQ(dump(fourth.values().front()), "[4]");
  }
}

TEST(FastJson, FindsMembers) {
  FastJson reader;
  ASSERT_TRUE(reader.read(R"({"a":{"x":1,"y":[{"z":5}]},"b":"text"})"));
  const auto* root = &reader.values().front();
  EXPECT_EQ(find_member(root, "b")->text, "text");
  EXPECT_EQ(find_member(find_member(root, "a"), "x")->integer, 1);
  EXPECT_EQ(find_member(root, "z"), nullptr);
  EXPECT_EQ(find_member(find_member(root, "b"), "z"), nullptr);
  EXPECT_EQ(find_member(nullptr, "z"), nullptr);
}

TEST(Minified, HasNoWhiteSpaceBetweenTokens) {
  EXPECT_EQ(minified("{ \"a b\" : [ 1 ,\n\t\"\\\" x\" ] }"), "{\"a b\":[1,\"\\\" x\"]}");
  EXPECT_EQ(minified("\xEF\xBB\xBF { } "), "{}");
  EXPECT_EQ(minified(" \"\\\\\" "), "\"\\\\\"");
}

}  // namespace
}  // namespace vault_mock::text
