#include "text/percent.hpp"

#include <gtest/gtest.h>

#include "text/utf8.hpp"

namespace vault_mock::text {
namespace {

TEST(Percent, IsDecodedOnceAndStrictly) {
  EXPECT_EQ(percent_decoded("a%20b%2Fc%2fd%25e+"), "a b/c/d%e+");
  EXPECT_EQ(percent_decoded("%2525"), "%25");
  EXPECT_EQ(percent_decoded(""), "");
  EXPECT_EQ(percent_decoded("%00"), std::string(1, '\0'));
  for (const auto* text : {"%", "a%", "%2", "%zz", "%2g", "%g2", "% 2", "%-1", "%+1", "%0x"})
    EXPECT_FALSE(percent_decoded(text)) << text;
  EXPECT_EQ(percent_decoded("ab%zzc").error(), "%zz");
  EXPECT_EQ(percent_decoded("ab%\x1b[").error(), "%");
}

TEST(Percent, DecodesWhatItEncoded) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(percent_encoded("a/b c?d#e%f[g]:h"), "a%2Fb%20c%3Fd%23e%25f%5Bg%5D:h");
}

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

}  // namespace
}  // namespace vault_mock::text
