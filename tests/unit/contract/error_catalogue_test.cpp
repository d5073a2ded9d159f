#include "contract/error_catalogue.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

TEST(ErrorCatalogue, EveryDocumentedDetailIsAStringOrAnObject) {
  for (const auto& row : error_catalogue()) {
    const auto detail = example_detail(row);
    EXPECT_TRUE(detail.is_string() || detail.is_object()) << row.type_name;
    EXPECT_FALSE(detail.empty()) << row.type_name;
  }
}

// The vendor's clients read an object with `context` and `error` there.
TEST(ErrorCatalogue, TheDetailOfTheConnectorsRateLimitIsAnObject) {
  const auto body = error_body(row_of(ErrorType::connector_rate_limit),
                               example_detail(row_of(ErrorType::connector_rate_limit)));
  EXPECT_TRUE(body["detail"]["context"].is_string());
  EXPECT_TRUE(body["detail"]["error"].is_object());
}

TEST(ErrorCatalogue, TheDetailOfTheRequestLimitIsAString) {
  EXPECT_EQ(example_detail(row_of(ErrorType::request_limit)), "You have reached your limit of 2000");
}

}  // namespace
}  // namespace vault_mock::contract
