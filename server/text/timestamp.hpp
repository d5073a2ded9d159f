// Points in time as ISO 8601 writes them: "2027-01-01T00:00:00Z", with milliseconds where there are some.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::text {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2027-01-01", "2027-01-01T00:00:00Z", "2027-01-01T02:00:00.250+02:00". Without a zone: UTC. Years 1970 to
// 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// Always UTC with milliseconds: "2027-01-01T00:00:00.000Z".
std::string format_timestamp(Timestamp time);

}  // namespace vault_mock::text
