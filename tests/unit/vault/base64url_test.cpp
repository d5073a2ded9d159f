#include "vault/base64url.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

std::string encoded(std::string_view bytes) {
  std::string text;
  append_base64url(text, bytes);
  return text;
}

TEST(Base64Url, EncodesTheVectorsOfRfc4648WithoutPadding) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg");
  EXPECT_EQ(encoded("fo"), "Zm8");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64Url, UsesTheAlphabetForUrls) {
  EXPECT_EQ(encoded("\xff\xef\xbf"), "_--_");
  EXPECT_EQ(decode_base64url("_--_"), "\xff\xef\xbf");
}

TEST(Base64Url, AppendsToWhatIsThere) {
  std::string text = "a.";
  append_base64url(text, "foo");
  EXPECT_EQ(text, "a.Zm9v");
}

TEST(Base64Url, DecodesWhatItEncodes) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(decode_base64url(encoded(bytes)), bytes);
    bytes += static_cast<char>(byte * 37);
  }
}

TEST(Base64Url, RefusesWhatIsNone) {
  for (const auto* text : {"A", "Zm9vY", "Zg==", "Zm+v", "Zm/v", "Zm 9", "Zm9v\n"})
    EXPECT_EQ(decode_base64url(text), std::nullopt) << text;
}

}  // namespace
}  // namespace vault_mock::vault
