#include "text/json/request_body.hpp"

#include <gtest/gtest.h>
#include <string>

namespace vault_mock::text {
namespace {

using nlohmann::json;
using Body = RequestBody;

struct Read : Body {
  explicit Read(std::string_view text) { read(text); }
};

// The text without the members "a" and "b".
std::string rest_of(std::string_view text) {
  constexpr std::string_view kOut[] = {"a", "b"};
  const Read body(text);
  const auto rest = body.object(kOut);
  return rest ? std::string(rest->text()) : "none";
}

// What the fast reader leaves to the exact one: keys that are there twice, and more values than it has room
// for.
const std::string kTwice = R"({"a": 1, "c": {"x": 1}, "a": [2], "d": "\u00e9"})";

TEST(RequestBody, IsBlankWithoutTextOrWithWhiteSpaceAlone) {
  for (const auto* text : {"", " ", "\r\n\t "}) {
    const Read body(text);
    EXPECT_TRUE(body.is_blank());
    EXPECT_FALSE(body.is_json());
    EXPECT_EQ(body.document(), nullptr);
    EXPECT_EQ(body.find({}), std::nullopt);
    EXPECT_FALSE(body.object());
  }
  EXPECT_TRUE(Body().is_blank()) << "before anything is read";
}

TEST(RequestBody, IsNoJsonWhenItIsBrokenOrTooDeep) {
  for (const std::string& text : {std::string("{"), std::string("{} {}"), std::string("\"\xff\""),
                                  std::string(100'000, '[') + std::string(100'000, ']')}) {
    const Read body(text);
    EXPECT_FALSE(body.is_blank());
    EXPECT_FALSE(body.is_json()) << text.substr(0, 20);
    EXPECT_EQ(body.value(), nullptr);
    EXPECT_EQ(body.find({"a"}), std::nullopt);
    EXPECT_FALSE(body.find_object("a"));
    EXPECT_FALSE(body.object());
  }
}

TEST(RequestBody, MayBeAnyKindOfValueButOnlyAnObjectIsOne) {
  for (const auto* text : {"null", "true", "-1.50", "\"x\"", "[1, 2]"}) {
    const Read body(text);
    EXPECT_TRUE(body.is_json()) << text;
    EXPECT_EQ(*body.value(), json::parse(text));
    EXPECT_EQ(body.find({}), json::parse(text));
    EXPECT_EQ(body.find({"a"}), std::nullopt);
    EXPECT_FALSE(body.object()) << text;
  }
}

TEST(RequestBody, MakesItsDocumentOnce) {
  const Read body(R"({"a":1})");
  const auto* document = body.document();
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(body.document(), document);
}

TEST(RequestBody, FindsValuesInTextsOfBothReaders) {
  for (const std::string& text : {std::string(R"({"a": [2], "c": {"x": 1}, "d": "\u00e9"})"), kTwice}) {
    const Read body(text);
    EXPECT_EQ(body.find({"a"}), json::array({2}));
    EXPECT_EQ(body.find({"c", "x"}), 1);
    EXPECT_EQ(body.find({"d"}), "é");
    EXPECT_EQ(body.find({"c", "y"}), std::nullopt);
    EXPECT_EQ(body.find({"a", "0"}), std::nullopt) << "keys lead through objects alone";
    EXPECT_EQ(body.find_object("c").value().text, R"({"x":1})");
    EXPECT_FALSE(body.find_object("a"));
    EXPECT_FALSE(body.find_object("z"));
  }
}

TEST(RequestBody, NamesKeysThatAreThereTwice) {
  EXPECT_EQ(Read(kTwice).document()->duplicate_keys, std::vector<std::string>{"/a"});
}

TEST(RequestBody, IsAnObjectOnOneLineWithItsKeysInOrder) {
  EXPECT_EQ(rest_of("{\n \"z\": 1.50,\t\"y\": [ ] }"), R"({"z":1.50,"y":[]})");
  EXPECT_EQ(rest_of("{ }"), "{}");
}

TEST(RequestBody, LeavesMembersOutOfTheObjectAndNotOfThoseWithin) {
  EXPECT_EQ(rest_of(R"({"a":1,"z":{"a":2},"b":{},"y":[1.5]})"), R"({"z":{"a":2},"y":[1.5]})");
  EXPECT_EQ(rest_of(R"({"a":1})"), "{}");
}

TEST(RequestBody, HasTheLastValueOfAKeyThatIsThereTwice) {
  EXPECT_EQ(json::parse(rest_of(R"({"z":1,"z":2,"a":3})")), (json{{"z", 2}}));
  EXPECT_EQ(json::parse(rest_of(kTwice)), (json{{"c", {{"x", 1}}}, {"d", "é"}}));
}

TEST(RequestBody, IsReadAnewWithoutATraceOfTheFormer) {
  Body body;
  body.read(R"({"a":1})");
  ASSERT_NE(body.document(), nullptr);
  body.read("[");
  EXPECT_FALSE(body.is_json());
  body.read(R"({"b":2})");
  EXPECT_EQ(*body.value(), (json{{"b", 2}}));
  body.read("");
  EXPECT_EQ(body.value(), nullptr);
}

}  // namespace
}  // namespace vault_mock::text
