#include "app/cli/raw_request.hpp"

#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

std::string target_of(const std::string& line) {
  const auto request = read_raw_request(line + "\n\n");
  return request ? request->target : request.error();
}

TEST(RawRequest, TakesTheTargetOutOfAWholeUrl) {
  EXPECT_EQ(target_of("GET https://unify.apideck.com/vault/sessions?a=b HTTP/1.1"), "/vault/sessions?a=b");
  EXPECT_EQ(target_of("GET https://h HTTP/1.1"), "/");
  EXPECT_EQ(target_of("GET https://h?q=/a/b"), "/?q=/a/b");
  EXPECT_EQ(target_of("GET /https://h/a"), "/https://h/a");
  EXPECT_EQ(target_of("GET a"), "line 1: expected a path that starts with /, found 'a'");
}

}  // namespace
}  // namespace vault_mock::app
