// Durations as the JavaScript package `ms` reads them: "30m", "1h", "1.5h", "2 days", "-3 min", "100"
// (milliseconds).
//
// Source: Apideck's session_length most likely follows that grammar (inferred). Rule files use it too, for
// delays.
//   1. The text is trimmed by nobody: leading or trailing spaces make it unreadable, as in `ms`.
//   2. It is at most 100 characters: a number ("1", "1.5", ".5", "-1"), spaces, an optional unit in any case.
//   3. Units: ms msec msecs millisecond(s) · s sec secs second(s) · m min mins minute(s) · h hr hrs hour(s) ·
//      d day(s) · w week(s) · y yr yrs year(s) (365.25 days). In a text, no unit means milliseconds.
//   4. A bare JSON number is not of this grammar: in rule files it is milliseconds where something waits
//      (`delay`) and seconds where a token lives (`ttl`), and there a text without a unit is refused
//      (rules/language/read_timing.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::text {

// Nothing when the text is not a duration. Values out of range are capped at +/- 1,000 years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// The shortest exact form with one unit: 90s -> "90s", 3600s -> "1h", 1500ms -> "1500ms".
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace vault_mock::text
