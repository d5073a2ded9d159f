#include "text/timestamp.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

std::string again(std::string_view text) {
  const auto time = parse_timestamp(text);
  return time ? format_timestamp(*time) : "none";
}

TEST(Timestamp, ReadsDatesAndTimesWithAndWithoutAZone) {
  EXPECT_EQ(again("2027-01-01"), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(again("2027-01-01T00:00:00Z"), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(again("2027-01-01T12:34:56"), "2027-01-01T12:34:56.000Z");
  EXPECT_EQ(again("2027-01-01T02:00:00.250+02:00"), "2027-01-01T00:00:00.250Z");
  EXPECT_EQ(again("2026-12-31T19:00:00-05:00"), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(again("2028-02-29T23:59:59.999Z"), "2028-02-29T23:59:59.999Z");
  EXPECT_EQ(again("1970-01-01T00:00:00Z"), "1970-01-01T00:00:00.000Z");
}

TEST(Timestamp, CountsMillisecondsSince1970) {
  EXPECT_EQ(parse_timestamp("2027-01-01T00:00:00Z")->time_since_epoch(), std::chrono::seconds(1798761600));
}

TEST(Timestamp, RefusesWhatIsNone) {
  for (const auto* text :
       {"", "now", "2027", "2027-13-01", "2027-02-29", "2027-01-01T25:00:00Z", "2027-01-01T00:60:00Z",
        "2027-01-01T00:00:00+99:00", "2027-01-01T00:00:00Zx", " 2027-01-01", "1969-12-31", "2027-1-1",
        "1970-01-01T00:00:00+02:00", "9999-12-31T23:59:59-05:00"})
    EXPECT_EQ(again(text), "none") << text;
}

}  // namespace
}  // namespace vault_mock::text
