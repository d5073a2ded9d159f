#include "text/timestamp.hpp"

#include <algorithm>
#include <array>

namespace vault_mock::text {
namespace {

using namespace std::chrono;

// Takes digits off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(std::size_t digits, int most) {
    if (rest_.size() < digits) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value <= most ? std::optional(value) : std::nullopt;
  }

  // ".25" -> 250 ms; more than three digits are cut.
  milliseconds fraction() {
    int value = 0, scale = 100;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
         rest_.remove_prefix(1), scale /= 10)
      value += (rest_.front() - '0') * scale;
    return milliseconds(value);
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// "Z", "+02:00", or nothing at the end.
std::optional<minutes> read_zone(Reader& reader) {
  if (reader.at_end() || reader.take('Z') || reader.take('z')) return minutes(0);
  const bool east = reader.take('+');
  if (!east && !reader.take('-')) return std::nullopt;
  const auto hour = reader.number(2, 14);
  reader.take(':');
  const auto minute = reader.number(2, 59);
  if (!hour || !minute) return std::nullopt;
  const auto zone = hours(*hour) + minutes(*minute);
  return east ? zone : -zone;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Reader reader(text);
  const auto y = reader.number(4, 9999);
  if (!y || *y < 1970 || !reader.take('-')) return std::nullopt;
  const auto m = reader.number(2, 12);
  if (!m || !reader.take('-')) return std::nullopt;
  const auto d = reader.number(2, 31);
  if (!d) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  Timestamp time = sys_days(date);
  if (reader.at_end()) return time;

  if (!reader.take('T') && !reader.take(' ')) return std::nullopt;
  const auto hour = reader.number(2, 23);
  if (!hour || !reader.take(':')) return std::nullopt;
  const auto minute = reader.number(2, 59);
  if (!minute) return std::nullopt;
  time += hours(*hour) + minutes(*minute);
  if (reader.take(':')) {
    const auto second = reader.number(2, 59);
    if (!second) return std::nullopt;
    time += seconds(*second);
    if (reader.take('.')) time += reader.fraction();
  }
  const auto zone = read_zone(reader);
  if (!zone || !reader.at_end()) return std::nullopt;
  time -= *zone;  // which can lead out of the years that were read
  return time < kEarliest || time > kLatest ? std::nullopt : std::optional(time);
}

std::string format_timestamp(Timestamp time) {
  time = std::clamp(time, kEarliest, kLatest);
  const auto today = floor<days>(time);
  const year_month_day date(today);
  const hh_mm_ss clock(time - today);
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&text](std::size_t at, std::size_t digits, long value) {
    for (std::size_t i = digits; i-- > 0; value /= 10) text[at + i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, static_cast<int>(date.year()));
  put(5, 2, static_cast<long>(static_cast<unsigned>(date.month())));
  put(8, 2, static_cast<long>(static_cast<unsigned>(date.day())));
  put(11, 2, clock.hours().count());
  put(14, 2, clock.minutes().count());
  put(17, 2, clock.seconds().count());
  put(20, 3, clock.subseconds().count());
  return text;
}

}  // namespace vault_mock::text
