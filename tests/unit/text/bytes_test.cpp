#include "text/bytes.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
constexpr auto kLeastSigned = std::numeric_limits<std::int64_t>::min();
constexpr auto kMostSigned = std::numeric_limits<std::int64_t>::max();

TEST(Bytes, AreReadAsTheyWereWritten) {
  const std::uint64_t numbers[] = {0, 1, 127, 128, 16'383, 16'384, kMost / 2, kMost - 1, kMost};
  const std::int64_t signed_numbers[] = {0, -1, 1, -64, 64, kLeastSigned, kMostSigned};
  ByteWriter to(0);
  for (const auto number : numbers) to.number(number);
  for (const auto number : signed_numbers) to.signed_number(number);
  to.text("");
  to.text(std::string_view("a\0b", 3));
  const auto bytes = to.take();
  ByteReader from(bytes);
  for (const auto number : numbers) EXPECT_EQ(from.number(), number);
  for (const auto number : signed_numbers) EXPECT_EQ(from.signed_number(kLeastSigned, kMostSigned), number);
  EXPECT_EQ(from.text(), "");
  EXPECT_FALSE(from.is_done());
  EXPECT_EQ(from.text(), std::string_view("a\0b", 3));
  EXPECT_TRUE(from.is_done());
}

TEST(Bytes, ASmallNumberTakesOneByte) {
  ByteWriter to(0);
  to.number(127);
  to.signed_number(-64);
  EXPECT_EQ(to.take(), "\x7F\x7F");
}

TEST(Bytes, WhatIsNotThereIsNothingAndSoIsAllBehindIt) {
  for (const std::string_view bytes :
       {std::string_view(), std::string_view("\x80"),
        std::string_view("\x05"
                         "abcd"),
        std::string_view("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10),
        std::string_view("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11)}) {
    ByteReader from(bytes);
    EXPECT_EQ(from.text(), "") << bytes;
    EXPECT_FALSE(from.is_good());
    EXPECT_EQ(from.number(), 0u);
    EXPECT_EQ(from.count(1), 0u);
    EXPECT_FALSE(from.is_done());
  }
}

TEST(Bytes, KeepTheirBounds) {
  EXPECT_EQ(ByteReader("\x07").number(7), 7u);
  EXPECT_EQ(ByteReader("\x08").number(7), 0u);
  EXPECT_EQ(ByteReader("\x03").signed_number(-2, 2), -2);
  EXPECT_EQ(ByteReader("\x05").signed_number(-2, 2), 0) << "it is -3";
  EXPECT_EQ(ByteReader("\x02"
                       "abcd")
                .count(2),
            2u);
  EXPECT_EQ(ByteReader("\x03"
                       "abcd")
                .count(2),
            0u)
      << "three of two bytes do not follow";
}

}  // namespace
}  // namespace vault_mock::text
