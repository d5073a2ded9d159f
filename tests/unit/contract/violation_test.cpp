#include "contract/violation.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

using In = Violation::In;

TEST(ToDetail, PutsEveryViolationOnOneLineWithPlaceAndSuggestion) {
  EXPECT_EQ(
      to_detail({{In::header, "x-apideck-app-id", "Missing Header: x-apideck-app-id", ""},
                 {In::query, "limit", "'limit' type must be integer", ""},
                 {In::body, "", "request body type must be object", ""},
                 {In::body, "/a", "'a' property is not expected to be here", "Did you mean property 'b'?"}}),
      "Missing Header: x-apideck-app-id; 'limit' type must be integer; request body type must be object; "
      "'a' property is not expected to be here (at /a). Did you mean property 'b'?");
  EXPECT_EQ(to_detail({}), "");
}

}  // namespace
}  // namespace vault_mock::contract
