// A line of the log as a terminal shows it, where lines are short and may have colors. What is not for a
// terminal has whole ids and no colors, so that it can be searched.
#pragma once

#include <string>
#include <string_view>

#include "app/terminal/paint.hpp"

namespace vault_mock::app {

// `line` is printable: what an entry says behind its time and level. The ids of requests are cut to their
// first 8 characters, which `vault-mock why` and /_mock/requests/{id} take, too. Colored, the status of a
// request has the color of its class.
std::string terminal_line(std::string_view line, Paint paint);

}  // namespace vault_mock::app
