// The only writers to standard output and standard error, besides the log. Whatever text of files, clients or
// arguments is in a report, control characters are escaped, so that it cannot act on a terminal
// (text/printable.hpp); text that must stay on one line must have gone through text::printable() before.
// Any thread may call; each call is one write. Failures to write are ignored.
#pragma once

#include <string_view>

namespace vault_mock::app {

// A report of several lines on standard output.
void print(std::string_view report);

// A report with colors: not escaped, so every foreign text in it must be printable already.
void print_painted(std::string_view report);

// A report of several lines on standard error.
void print_error(std::string_view report);

// "COMMAND: WHY" on standard error, always one line.
void complain(std::string_view command, std::string_view why);

// "COMMAND: REPORT" on standard error, where the report may have several lines.
void complain_at_length(std::string_view command, std::string_view report);

}  // namespace vault_mock::app
