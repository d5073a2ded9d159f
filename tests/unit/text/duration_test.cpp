#include "text/duration.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

using std::chrono::milliseconds;

TEST(Duration, ReadsTheWholeGrammarOfMs) {
  const std::pair<std::string_view, std::int64_t> readings[] = {{"30m", 1'800'000},
                                                                {"1h", 3'600'000},
                                                                {"24h", 86'400'000},
                                                                {"7d", 604'800'000},
                                                                {"1w", 604'800'000},
                                                                {"1.5h", 5'400'000},
                                                                {"2 days", 172'800'000},
                                                                {"100", 100},
                                                                {".5 sec", 500},
                                                                {"-3 MINS", -180'000},
                                                                {"1 year", 31'557'600'000},
                                                                {"5msecs", 5},
                                                                {"1 milliseconds", 1},
                                                                {"0", 0},
                                                                {"12 hrs", 43'200'000}};
  for (const auto& [text, expected] : readings)
    EXPECT_EQ(parse_duration(text), milliseconds(expected)) << text;
}

TEST(Duration, RefusesWhatMsCannotRead) {
  for (const auto* text :
       {"", "abc", "h", "1 fortnight", " 1h", "1h ", "5 ", "1.", "1..5h", "--1", "1h30m", "1e3", "."})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  EXPECT_EQ(parse_duration(std::string(101, '1')), std::nullopt);
}

TEST(Duration, CapsWhatNoClockCanHold) {
  EXPECT_TRUE(parse_duration(std::string(99, '9').append("y"))->count() > 0);
}

TEST(Duration, IsWrittenInTheLargestUnitThatIsExact) {
  EXPECT_EQ(format_duration(milliseconds(3'600'000)), "1h");
  EXPECT_EQ(format_duration(milliseconds(90'000)), "90s");
  EXPECT_EQ(format_duration(milliseconds(1'500)), "1500ms");
  EXPECT_EQ(format_duration(milliseconds(0)), "0ms");
}

}  // namespace
}  // namespace vault_mock::text
