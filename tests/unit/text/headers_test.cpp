#include "text/headers.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace vault_mock::text {
namespace {

TEST(FindHeader, ReadsNamesInAnyCaseAndTakesTheFirst) {
  const std::vector<HeaderView> headers = {{"Prefer", "a"}, {"PREFER", "b"}, {"empty", ""}};
  EXPECT_EQ(find_header(headers, "prefer"), "a");
  EXPECT_EQ(find_header(headers, "Empty"), "");
  EXPECT_EQ(find_header(headers, "none"), std::nullopt);
  EXPECT_EQ(find_header(headers, "prefe"), std::nullopt);
  EXPECT_EQ(find_header({}, ""), std::nullopt);
}

// RFC 9110, 5.1: names are case-insensitive, which is said of ASCII only.
TEST(IsNamed, KnowsTheCaseOfAsciiOnly) {
  EXPECT_TRUE(is_named({"Content-TYPE", ""}, "content-type"));
  EXPECT_FALSE(is_named({"x-k\xC3\x9C", ""}, "x-k\xC3\xBC"));
  EXPECT_FALSE(is_named({"x@", ""}, "x`"));
  EXPECT_FALSE(is_named({"x[", ""}, "x{"));
}

}  // namespace
}  // namespace vault_mock::text
