#include "app/terminal/paint.hpp"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace vault_mock::app {

Paint paint_of_output() {
  const auto variable = [](const char* name) {
    const auto* value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  const bool shows_colors = ::isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb";
  return shows_colors && variable("NO_COLOR").empty() ? Paint::colored : Paint::plain;
}

}  // namespace vault_mock::app
