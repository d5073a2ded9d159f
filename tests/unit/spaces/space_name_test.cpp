#include "spaces/space_name.hpp"

#include <gtest/gtest.h>

#include "text/url.hpp"

namespace vault_mock::spaces {
namespace {

constexpr const char* kNames[] = {"a",       "checkout-test-17", "A.b_c-d:9", "tests/test_a.py::test[x-1]",
                                  "test 17", "\xC3\x9Cmlaut",    "100%",      "a?b#c@d",
                                  "..",      "\xF0\x9F\x98\x80"};

TEST(SpaceName, IsOneToTwoHundredCharactersOfUtf8) {
  for (const auto* name : kNames) EXPECT_TRUE(is_space_name(name)) << name;
  EXPECT_TRUE(is_space_name(std::string(200, 'a')));
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "\xC3\x9C";
  EXPECT_TRUE(is_space_name(umlauts)) << "characters are counted, not bytes";
  for (const auto* name : {"", "a\n", "a\x7F", "\xC2\x9B", "\xC3", "\xFF", "\xED\xA0\x80"})
    EXPECT_FALSE(is_space_name(name)) << name;
  EXPECT_FALSE(is_space_name(std::string(201, 'a')));
  EXPECT_FALSE(is_space_name(std::string_view("a\0b", 3)));
}

TEST(SpaceName, IsReadAsItIsOrPercentEncoded) {
  for (const auto* name : kNames) EXPECT_EQ(read_space_name(text::percent_encoded(name)), name);
  EXPECT_EQ(read_space_name("test 17"), "test 17");
  EXPECT_EQ(read_space_name("test%2017"), "test 17");
  EXPECT_EQ(read_space_name("test%252017"), "test%2017") << "decoded once";
}

TEST(SpaceName, SaysWhatIsWrong) {
  const auto error = [](std::string_view text) {
    const auto name = read_space_name(text);
    return name ? std::string() : name.error();
  };
  EXPECT_NE(error("100%").find("'%', which is not a percent-encoded byte"), std::string::npos);
  EXPECT_NE(error("a%4").find("'%4'"), std::string::npos);
  EXPECT_NE(error("a%+1b").find("'%+1'"), std::string::npos);
  EXPECT_NE(error("a%\x9B").find("'%', which"), std::string::npos) << "no bytes that a terminal obeys";
  EXPECT_NE(error("").find("is empty"), std::string::npos);
  EXPECT_NE(error("%C3").find("not valid UTF-8"), std::string::npos);
  EXPECT_NE(error("a%00").find("control character"), std::string::npos);
  EXPECT_NE(error(std::string(300, 'a')).find("300 characters"), std::string::npos);
}

}  // namespace
}  // namespace vault_mock::spaces
