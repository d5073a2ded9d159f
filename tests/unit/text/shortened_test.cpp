#include "text/shortened.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

TEST(Shortened, LeavesShortTextsAsTheyAre) {
  EXPECT_EQ(shortened(""), "");
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
}

TEST(Shortened, KeepsBothEndsOfLongOnes) {
  EXPECT_EQ(shortened("abcdefghij", 6), "abcd…ij");
  EXPECT_EQ(shortened(std::string(1'000'000, 'x')).size(), kLongestShown + std::string("…").size());
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("ääääää", 6), "ää…ä");
  EXPECT_EQ(shortened("\x80\x80\x80\x80\x80\x80\x80", 6), "…") << "bytes that belong to no character";
}

}  // namespace
}  // namespace vault_mock::text
