#include "text/json/json_document.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

TEST(ReadJson, KeepsTheLastOfDuplicateKeysAndNamesThem) {
  const auto document = read_json(R"({"a":{"b/c":[1,{"d":2,"d":3}],"x":1,"x":[]}})");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->value, nlohmann::json::parse(R"({"a":{"b/c":[1,{"d":3}],"x":[]}})"));
  EXPECT_EQ(document->duplicate_keys, (std::vector<std::string>{"/a/b~1c/1/d", "/a/x"}));
}

TEST(ReadJson, PointsAtTheByteThatIsWrong) {
  const auto document = read_json("{\n  \"a\": }");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().kind, JsonError::Kind::syntax);
  EXPECT_EQ(place_of("{\n  \"a\": }", document.error().offset), (Place{2, 8}));
  EXPECT_EQ(document.error().message.substr(0, 14), "unexpected '}'") << document.error().message;
}

TEST(ReadJson, RefusesBadUtf8TrailingTextAndNothing) {
  EXPECT_FALSE(read_json("\"\xff\""));
  EXPECT_FALSE(read_json("{} {}"));
  EXPECT_FALSE(read_json(""));
  EXPECT_FALSE(read_json("1e999"));
}

TEST(ReadJson, DoesNotTakeANulByteForTheEnd) {
  using std::string_view_literals::operator""sv;
  for (const auto text : {"{}\0"sv, "{}\0{}"sv, "1 \0 2"sv, "\0"sv, "[\0]"sv, "\"\0\""sv})
    EXPECT_FALSE(read_json(text));
  EXPECT_EQ(read_json("{}\0{}"sv).error().offset, 2u);
}

TEST(ReadJson, StopsAtTheBracketThatIsTooDeep) {
  const std::string text = "[\"[[[\",[[[1]]]]";
  ASSERT_TRUE(read_json(text, 4));
  const auto refused = read_json(text, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, JsonError::Kind::too_deep);
  EXPECT_EQ(refused.error().offset, 9u);
  EXPECT_FALSE(read_json(std::string(1'000'000, '[')));
}

TEST(Dump, NeverThrows) { EXPECT_EQ(dump(nlohmann::json("\xff")), "\"\xef\xbf\xbd\""); }

}  // namespace
}  // namespace vault_mock::text
