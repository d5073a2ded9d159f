#include "text/hex.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

TEST(Hex, WritesNumbersAndBytes) {
  EXPECT_EQ(hex(std::uint64_t{0}), "0");
  EXPECT_EQ(hex(std::uint64_t{0x202e}), "202e");
  EXPECT_EQ(hex(std::uint64_t{0x1b}, 4), "001b");
  EXPECT_EQ(hex(UINT64_MAX), "ffffffffffffffff");
  EXPECT_EQ(hex(std::string_view("\x01\xff\x00", 3)), "01ff00");
  EXPECT_EQ(hex(std::string_view()), "");
}

TEST(Hex, ReadsDigitsOfEitherCase) {
  int digits = 0;
  for (int byte = 0; byte < 256; ++byte) digits += is_hex_digit(static_cast<char>(byte)) ? 1 : 0;
  EXPECT_EQ(digits, 22);
  EXPECT_EQ(hex_value('9'), 9);
  EXPECT_EQ(hex_value('a'), 10);
  EXPECT_EQ(hex_value('F'), 15);
  EXPECT_EQ(hex_value('g'), -1);
}

}  // namespace
}  // namespace vault_mock::text
