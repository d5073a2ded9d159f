#include "text/http_date.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

std::string date_at(long seconds) {
  return format_http_date(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

TEST(HttpDate, IsWrittenAsRfc9110Does) {
  EXPECT_EQ(date_at(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date_at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(date_at(951'827'696), "Tue, 29 Feb 2000 12:34:56 GMT");
  EXPECT_EQ(date_at(4'102'444'799), "Thu, 31 Dec 2099 23:59:59 GMT");
}

}  // namespace
}  // namespace vault_mock::text
