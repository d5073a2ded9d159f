#include "text/json/json_object.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace vault_mock::text {
namespace {

TEST(ObjectWriter, EscapesTheStartOfAStringAndLeavesItsPlainEnd) {
  std::string text;
  ObjectWriter(text)
      .string_with_plain_end("uri", "http://a\"b\n/", "eyJ.x-_")
      .string_with_plain_end("token", "", "eyJ.x-_")
      .string("next", "é\"")
      .end();
  EXPECT_EQ(text, R"({"uri":"http://a\"b\n/eyJ.x-_","token":"eyJ.x-_","next":"é\""})");
  EXPECT_EQ(nlohmann::json::parse(text).at("uri"), "http://a\"b\n/eyJ.x-_");
}

TEST(ObjectWriter, WritesNumbersOfAnyLength) {
  std::string text;
  ObjectWriter(text)
      .number("least", std::numeric_limits<std::int64_t>::min())
      .number("zero", 0)
      .number("most", std::numeric_limits<std::int64_t>::max())
      .end();
  EXPECT_EQ(text, R"({"least":-9223372036854775808,"zero":0,"most":9223372036854775807})");
}

}  // namespace
}  // namespace vault_mock::text
