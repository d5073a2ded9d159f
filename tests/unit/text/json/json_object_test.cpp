#include "text/json/json_object.hpp"

#include <gtest/gtest.h>
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

}  // namespace
}  // namespace vault_mock::text
