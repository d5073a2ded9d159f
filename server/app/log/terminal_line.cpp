#include "app/log/terminal_line.hpp"

#include <algorithm>

#include "spaces/entry.hpp"
#include "text/ascii.hpp"

namespace vault_mock::app {
namespace {

constexpr std::string_view kId = " id=";
constexpr std::size_t kUuid = 36;

std::string_view color_of(char status_class) {
  switch (status_class) {
    case '2':
      return "\033[32m";
    case '4':
      return "\033[33m";
    case '5':
      return "\033[31m";
    default:
      return "\033[36m";
  }
}

bool is_number(std::string_view word) { return !word.empty() && std::ranges::all_of(word, text::is_digit); }

// Where the status is in the line of a request, "POST /vault/sessions 402 60us …"; npos: it is another line.
std::size_t status_at(std::string_view line) {
  const auto path = line.find(' ');
  const auto status = path == line.npos ? path : line.find(' ', path + 1);
  if (status == line.npos || line.size() < status + 5 || line[status + 4] != ' ') return line.npos;
  const auto time = line.substr(status + 5, line.find(' ', status + 5) - status - 5);
  const bool is_request = is_number(line.substr(status + 1, 3)) && time.ends_with("us") &&
                          is_number(time.substr(0, time.size() - 2));
  return is_request ? status + 1 : line.npos;
}

}  // namespace

std::string terminal_line(std::string_view line, Paint paint) {
  std::string shown(line);
  if (const auto id = shown.find(kId); id != shown.npos) {
    const auto begin = id + kId.size(), end = std::min(shown.find(' ', begin), shown.size());
    if (end - begin == kUuid) shown.erase(begin + spaces::kShortId, kUuid - spaces::kShortId);
  }
  const auto status = paint == Paint::colored ? status_at(shown) : shown.npos;
  if (status == shown.npos) return shown;
  shown.insert(status + 3, "\033[0m");
  shown.insert(status, color_of(shown[status]));
  return shown;
}

}  // namespace vault_mock::app
