#include "app/log/terminal_line.hpp"

#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

constexpr std::string_view kLine =
    "POST /vault/sessions 402 60us consumer=acme by=rule\\u{20}x id=0e1d3c2b-5a69-4f78-8796-a5b4c3d2e1f0 "
    "space=a";

std::string colored(const std::string& status, const std::string& color) {
  const auto line = terminal_line("GET / " + status + " 1us consumer= by=x id=1", Paint::colored);
  return line == "GET / \033[" + color + "m" + status + "\033[0m 1us consumer= by=x id=1" ? "" : line;
}

TEST(TerminalLine, HasTheStatusInTheColorOfItsClass) {
  EXPECT_EQ(colored("200", "32"), "");
  EXPECT_EQ(colored("301", "36"), "");
  EXPECT_EQ(colored("404", "33"), "");
  EXPECT_EQ(colored("503", "31"), "");
}

TEST(TerminalLine, HasShortIds) {
  EXPECT_EQ(terminal_line(kLine, Paint::plain),
            "POST /vault/sessions 402 60us consumer=acme by=rule\\u{20}x id=0e1d3c2b space=a");
  EXPECT_EQ(terminal_line("advice x: y id=0e1d3c2b-5a69-4f78-8796-a5b4c3d2e1f0", Paint::colored),
            "advice x: y id=0e1d3c2b");
  EXPECT_EQ(terminal_line("advice x: y id=0e1d3c2b", Paint::plain), "advice x: y id=0e1d3c2b");
}

TEST(TerminalLine, LeavesOtherLinesAsTheyAre) {
  for (const auto* line : {"", " ", "a", "a b", "GET /", "GET / 200", "GET / 200 ", "GET / 2000 1us x",
                           "reload: 200 rules in 5us", "GET / 20x 1us ", "GET / 200 1ms ", "GET / 200 us "})
    EXPECT_EQ(terminal_line(line, Paint::colored), line);
}

}  // namespace
}  // namespace vault_mock::app
