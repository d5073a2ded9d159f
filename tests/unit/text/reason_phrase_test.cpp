#include "text/reason_phrase.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

// https://www.iana.org/assignments/http-status-codes, but for 104, which is temporary; 306 and 418 are unused there.
TEST(ReasonPhrase, IsThatOfTheRegistry) {
  int known = 0;
  for (int status = 100; status < 600; ++status)
    if (reason_phrase(status) != "Unknown Status") ++known;
  EXPECT_EQ(known, 62);
  EXPECT_EQ(reason_phrase(207), "Multi-Status");
  EXPECT_EQ(reason_phrase(402), "Payment Required");
  EXPECT_EQ(reason_phrase(511), "Network Authentication Required");
  EXPECT_EQ(reason_phrase(209), "Unknown Status");
  EXPECT_EQ(reason_phrase(599), "Unknown Status");
}

}  // namespace
}  // namespace vault_mock::text
