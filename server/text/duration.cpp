#include "text/duration.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"

namespace vault_mock::text {
namespace {

constexpr double kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

struct Unit {
  std::string_view name;
  double milliseconds;
};

constexpr auto kUnits = std::to_array<Unit>({
    {"", 1},
    {"ms", 1},
    {"msec", 1},
    {"msecs", 1},
    {"millisecond", 1},
    {"milliseconds", 1},
    {"s", kSecond},
    {"sec", kSecond},
    {"secs", kSecond},
    {"second", kSecond},
    {"seconds", kSecond},
    {"m", kMinute},
    {"min", kMinute},
    {"mins", kMinute},
    {"minute", kMinute},
    {"minutes", kMinute},
    {"h", kHour},
    {"hr", kHour},
    {"hrs", kHour},
    {"hour", kHour},
    {"hours", kHour},
    {"d", kDay},
    {"day", kDay},
    {"days", kDay},
    {"w", 7 * kDay},
    {"week", 7 * kDay},
    {"weeks", 7 * kDay},
    {"y", 365.25 * kDay},
    {"yr", 365.25 * kDay},
    {"yrs", 365.25 * kDay},
    {"year", 365.25 * kDay},
    {"years", 365.25 * kDay},
});

constexpr std::size_t kLongestText = 100;
constexpr double kCap = 1000 * 365.25 * kDay;

// Sign, digits and a point. In place of std::from_chars, which libc++ has for floating point from release 20
// on.
double read_decimal(std::string_view text) {
  double digits = 0, scale = 1;
  bool after_point = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits = digits * 10 + (c - '0');
      if (after_point) scale *= 10;
    }
    after_point = after_point || c == '.';
  }
  return (text.front() == '-' ? -digits : digits) / scale;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text.empty() || text.size() > kLongestText) return std::nullopt;
  std::size_t end = text.front() == '-' ? 1 : 0;
  const auto digits = [&] {
    const auto start = end;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - start;
  };
  const auto whole = digits();
  if (end < text.size() && text[end] == '.') {
    ++end;
    if (digits() == 0) return std::nullopt;
  } else if (whole == 0) {
    return std::nullopt;
  }
  const auto number = read_decimal(text.substr(0, end));

  auto unit = text.substr(end);
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (unit.empty() && end != text.size()) return std::nullopt;  // "5 " is not a duration
  const auto known =
      std::ranges::find_if(kUnits, [&](const Unit& u) { return equal_ignoring_case(u.name, unit); });
  if (known == kUnits.end()) return std::nullopt;
  const double value = std::clamp(number * known->milliseconds, -kCap, kCap);
  return std::chrono::milliseconds(static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5));
}

std::string format_duration(std::chrono::milliseconds duration) {
  const auto count = duration.count();
  for (const Unit& unit : {Unit{"d", kDay}, Unit{"h", kHour}, Unit{"m", kMinute}, Unit{"s", kSecond}}) {
    const auto size = static_cast<std::int64_t>(unit.milliseconds);
    if (count != 0 && count % size == 0) return std::to_string(count / size).append(unit.name);
  }
  return std::to_string(count) + "ms";
}

}  // namespace vault_mock::text
