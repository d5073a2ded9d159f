// Points in time as ISO 8601 writes them: "2027-01-01T00:00:00Z", with milliseconds where there are some.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::text {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// What can be written with a year of four digits, and counted from 1970.
constexpr Timestamp kEarliest{};
constexpr Timestamp kLatest =
    std::chrono::sys_days(std::chrono::year(9999) / 12 / 31) + std::chrono::milliseconds(86'399'999);

// "2027-01-01", "2027-01-01T00:00:00Z", "2027-01-01T02:00:00.250+02:00". Without a zone: UTC. Nothing when
// the text is not a point in time, or one outside kEarliest and kLatest.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// Always UTC with milliseconds: "2027-01-01T00:00:00.000Z". A time before kEarliest or after kLatest shows as
// that end.
std::string format_timestamp(Timestamp time);

}  // namespace vault_mock::text
