// Where the program's own words leave it, other than the log: standard output and standard error. What files,
// clients and arguments put into them cannot act on a terminal (text/printable.hpp); a text that must stay on
// one line has gone through text::printable() before.
#pragma once

#include <string_view>

namespace vault_mock::app {

// A report on standard output, as it is laid out.
void print(std::string_view report);

// A report whose colours are ours: every foreign text in it is printable already.
void print_painted(std::string_view report);

// The same on standard error.
void print_error(std::string_view report);

// "vault-mock explain: why" on standard error: one line, whatever is in it.
void complain(std::string_view command, std::string_view why);

// The same for a report of several lines, which is laid out already.
void complain_at_length(std::string_view command, std::string_view report);

}  // namespace vault_mock::app
