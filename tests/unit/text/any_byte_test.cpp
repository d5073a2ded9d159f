#include "text/any_byte.hpp"

#include <gtest/gtest.h>
#include <string>

namespace vault_mock::text {
namespace {

TEST(AnyByte, IsFoundAtEveryPlaceOfTextsOfEveryLength) {
  const auto is_beyond_ascii = [](unsigned char c) { return c >= 0x80; };
  for (std::size_t length = 0; length < 50; ++length) {
    std::string text(length, 'x');
    EXPECT_FALSE(any_byte(text, is_beyond_ascii)) << length;
    for (std::size_t at = 0; at < length; ++at) {
      text[at] = '\xFF';
      EXPECT_TRUE(any_byte(text, is_beyond_ascii)) << at << " of " << length;
      text[at] = 'x';
    }
  }
}

}  // namespace
}  // namespace vault_mock::text
