#include "text/utf8.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

TEST(Utf8, IsToldFromOtherBytes) {
  for (const auto* text : {"", "abc", "\xC3\x9C", "\xF0\x9F\x98\x80"}) EXPECT_TRUE(is_utf8(text)) << text;
  for (const auto* text : {"\xC3", "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Utf8, HasControlCharactersOfOneByteAndOfTwo) {
  for (const auto* text : {"\n", "a\x1b", "\x7F", "a\xC2\x80", "\xC2\x9F"})
    EXPECT_TRUE(has_control_characters(text)) << text;
  for (const auto* text : {"", " a", "\xC2\xA0", "\xC3\x9C", "\xC3\x80"})
    EXPECT_FALSE(has_control_characters(text)) << text;
}

TEST(Utf8, IsCountedInCharacters) {
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("aÀア\xF0\x9F\x98\x80"), 4u);
}

TEST(Utf8, IsCutBetweenCharacters) {
  EXPECT_EQ(first_bytes("abc", 3), "abc");
  EXPECT_EQ(first_bytes("abc", 2), "ab");
  EXPECT_EQ(first_bytes("aア", 4), "aア");
  for (const std::size_t most : {1u, 2u, 3u}) EXPECT_EQ(first_bytes("aア", most), "a") << most;
  EXPECT_EQ(first_bytes("ア", 2), "");
  EXPECT_EQ(first_bytes("a", 0), "");
}

TEST(Latin1, BecomesUtf8ByteByByte) {
  EXPECT_EQ(utf8_of_latin1(""), "");
  EXPECT_EQ(utf8_of_latin1("caf\xe9"), "café");
  EXPECT_EQ(utf8_of_latin1("\x7f\x80\xbf\xc0\xff"), "\x7f\xc2\x80\xc2\xbf\xc3\x80\xc3\xbf");
}

}  // namespace
}  // namespace vault_mock::text
