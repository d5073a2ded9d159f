#include "app/terminal/print.hpp"

#include <cstdio>
#include <string>

#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

void write(std::FILE* to, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), to);
  std::fflush(to);
}

}  // namespace

void print(std::string_view report) { write(stdout, text::printable_lines(report)); }

void print_painted(std::string_view report) { write(stdout, report); }

void print_error(std::string_view report) { write(stderr, text::printable_lines(report)); }

void complain(std::string_view command, std::string_view why) {
  complain_at_length(command, text::printable(why));
}

void complain_at_length(std::string_view command, std::string_view report) {
  auto text = std::string(command).append(": ").append(report);
  if (!text.ends_with('\n')) text += '\n';
  print_error(text);
}

}  // namespace vault_mock::app
