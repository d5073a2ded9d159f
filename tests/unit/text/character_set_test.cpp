#include "text/character_set.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

TEST(CharacterSet, HoldsTheCharactersItWasMadeOf) {
  constexpr CharacterSet vowels("aeiou");
  static_assert(vowels.contains('a'));
  static_assert(!vowels.contains('b'));
  EXPECT_TRUE(vowels.contains_all("aiueo"));
  EXPECT_FALSE(vowels.contains_all("aixueo"));
  EXPECT_TRUE(vowels.contains_all(""));
  EXPECT_FALSE(vowels.contains('\0'));
  EXPECT_FALSE(vowels.contains('\xE4'));
}

TEST(CharacterSet, CanHaveMoreAndFewerThanAnother) {
  constexpr CharacterSet vowels("aeiou");
  EXPECT_TRUE(vowels.with("y\xE4").contains_all("ay\xE4"));
  EXPECT_FALSE(vowels.without("ai").contains('a'));
  EXPECT_TRUE(vowels.without("ai").contains('e'));
  EXPECT_TRUE(vowels.contains('a'));
}

TEST(CharacterSet, OfVisibleAsciiIsAllThatIsPrintedButTheSpace) {
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(kVisibleAscii.contains(static_cast<char>(byte)), byte > 0x20 && byte < 0x7F) << "byte " << byte;
  }
}

}  // namespace
}  // namespace vault_mock::text
