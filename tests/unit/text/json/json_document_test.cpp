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

TEST(Quoted, EscapesWhatNeedsItWhereverItIs) {
  EXPECT_EQ(text::quoted(""), "\"\"");
  for (std::size_t length = 1; length <= 40; ++length) {
    const std::string plain(length, '~');
    EXPECT_EQ(text::quoted(plain), '"' + plain + '"');
    for (std::size_t at = 0; at < length; ++at)
      for (const char special : {'"', '\\', '\n', '\0', '\x1f', '\x7f'}) {
        auto text = plain;
        text[at] = special;
        EXPECT_EQ(text::quoted(text), nlohmann::json(text).dump()) << text;
      }
  }
  EXPECT_EQ(text::quoted("a caf\xC3\xA9 and a broken \xC3"), "\"a caf\xC3\xA9 and a broken \xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace vault_mock::text
