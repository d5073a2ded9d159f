#include "text/json/pointer.hpp"

#include <gtest/gtest.h>
#include <utility>

namespace vault_mock::text {
namespace {

const nlohmann::json* find(const nlohmann::json& root, std::string_view pointer) {
  const auto tokens = pointer_tokens(pointer);
  return tokens ? follow(&root, *tokens) : nullptr;
}

// The document and the table of RFC 6901, section 5.
TEST(Pointer, LeadsWhereTheRfcSays) {
  const auto document = nlohmann::json::parse(R"({
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7,
    "m~n": 8})");
  const std::pair<std::string_view, nlohmann::json> table[] = {
      {"", document},    {"/foo", {"bar", "baz"}},
      {"/foo/0", "bar"}, {"/", 0},
      {"/a~1b", 1},      {"/c%d", 2},
      {"/e^f", 3},       {"/g|h", 4},
      {"/i\\j", 5},      {"/k\"l", 6},
      {"/ ", 7},         {"/m~0n", 8},
  };
  for (const auto& [pointer, value] : table) {
    const auto* found = find(document, pointer);
    ASSERT_NE(found, nullptr) << pointer;
    EXPECT_EQ(*found, value) << pointer;
  }
  EXPECT_EQ(find(document, ""), &document);
}

// Section 4.
TEST(Pointer, LeadsToNothingWhereThereIsNothing) {
  const auto document = nlohmann::json::parse(R"({"foo": ["bar", {"~1": 1}], "n": null, "0": 2})");
  for (const auto* pointer :
       {"/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+0", "/foo/-1", "/foo/1e0", "/foo/", "/foo/a",
        "/foo/18446744073709551616", "/foo/0/a", "/n/a", "/Foo", "//"})
    EXPECT_EQ(find(document, pointer), nullptr) << pointer;
  EXPECT_EQ(*find(document, "/n"), nullptr);
  EXPECT_EQ(*find(document, "/0"), 2);
  EXPECT_EQ(*find(document, "/foo/1/~01"), 1);  // "~01" is "~1", never "/"
  EXPECT_EQ(follow(nullptr, std::vector<std::string>{"a"}), nullptr);
}

// Section 3.
TEST(PointerTokens, AreReadByTheGrammarOnly) {
  EXPECT_EQ(pointer_tokens(""), std::vector<std::string>());
  EXPECT_EQ(pointer_tokens("/"), std::vector<std::string>{""});
  EXPECT_EQ(pointer_tokens("/a~1b/0//~0~1"), (std::vector<std::string>{"a/b", "0", "", "~/"}));
  for (const auto* text : {"a", "a/b", "#/a", "/~", "/~2", "/a~/b", "~0"})
    EXPECT_EQ(pointer_tokens(text), std::nullopt) << text;
}

TEST(PointerToken, IsReadAgainAsItWas) {
  for (const std::string key : {"", "a", "a/b", "m~n", "~1", "/~/", "~0"})
    EXPECT_EQ(pointer_tokens("/" + pointer_token(key)), std::vector<std::string>{key});
  EXPECT_EQ(pointer_token("a/b~c"), "a~1b~0c");
}

}  // namespace
}  // namespace vault_mock::text
