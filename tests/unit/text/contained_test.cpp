#include "text/contained.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace vault_mock::text {
namespace {

TEST(Contained, WorkThatEndsIsNotTold) {
  bool told = false;
  EXPECT_EQ(contained([] {}, [&](std::string_view) { told = true; }), Contained::finished);
  EXPECT_FALSE(told);
}

TEST(Contained, WhatIsThrownIsToldOnceInWords) {
  std::string why;
  const auto tell = [&](std::string_view words) { why += words; };
  EXPECT_EQ(contained([] { throw std::runtime_error("out of disk"); }, tell), Contained::threw);
  EXPECT_EQ(why, "out of disk");
  why.clear();
  EXPECT_EQ(contained([] { throw 5; }, tell), Contained::threw);
  EXPECT_NE(why, "");
}

TEST(Contained, WhatTheTellingThrowsIsDropped) {
  const auto tell = [](std::string_view) { throw std::runtime_error("no log either"); };
  EXPECT_EQ(contained([] { throw 5; }, tell), Contained::threw);
}

}  // namespace
}  // namespace vault_mock::text
