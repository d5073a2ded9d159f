#include "site/mask.hpp"

#include <gtest/gtest.h>

namespace vault_mock::site {
namespace {

const Mask kMask("key");

TEST(Mask, ShowsTheStartOfALongKeyAndAHash) {
  const auto shown = kMask.masked("Bearer sk_live_0123456789");
  EXPECT_EQ(shown.substr(0, 15), "Bearer sk_l…#");
  EXPECT_EQ(shown.size(), 15u + 8u);
  EXPECT_EQ(kMask.masked("sk_live_0123456789"), shown.substr(7)) << "the same key without its scheme";
  EXPECT_EQ(kMask.masked("bearer   sk_live_0123456789"), "bearer " + shown.substr(7));
}

TEST(Mask, ShowsNothingOfAShortKey) { EXPECT_EQ(kMask.masked("Bearer short").substr(0, 11), "Bearer …#"); }

TEST(Mask, ShowsASchemeAloneAsItIs) {
  EXPECT_EQ(kMask.masked("Bearer"), "Bearer");
  EXPECT_EQ(kMask.masked(""), "");
}

TEST(Mask, TellsTwoKeysApartAndHidesThemFromOthers) {
  EXPECT_NE(kMask.masked("Bearer one"), kMask.masked("Bearer two"));
  EXPECT_NE(kMask.masked("Bearer one"), Mask("another").masked("Bearer one"));
  EXPECT_EQ(kMask.hash("one", 8).size(), 16u);
}

}  // namespace
}  // namespace vault_mock::site
