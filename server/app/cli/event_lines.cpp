#include "app/cli/event_lines.hpp"

#include <utility>

namespace vault_mock::app {
namespace {

// "data: x" and "data:x" are the same.
std::string_view value_of(std::string_view line, std::size_t name) {
  line.remove_prefix(name);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

}  // namespace

std::vector<Event> EventLines::read(std::string_view bytes) {
  std::vector<Event> events;
  rest_ += bytes;
  std::size_t begin = 0;
  for (auto end = rest_.find('\n'); end != rest_.npos; begin = end + 1, end = rest_.find('\n', begin)) {
    const auto line = std::string_view(rest_).substr(begin, end - begin);
    if (line.empty()) {
      if (!event_.data.empty()) events.push_back(std::exchange(event_, {}));
      event_ = {};
    } else if (line.starts_with("event:")) {
      event_.name = value_of(line, 6);
    } else if (line.starts_with("data:")) {
      event_.data.append(event_.data.empty() ? "" : "\n").append(value_of(line, 5));
    }
  }
  rest_.erase(0, begin);
  return events;
}

}  // namespace vault_mock::app
