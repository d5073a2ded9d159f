#include <string>

#include "app/cli/commands.hpp"
#include "app/terminal/print.hpp"
#include "text/contained.hpp"

int main(int argc, char** argv) {
  using namespace vault_mock;
  constexpr int kFault = 70;  // EX_SOFTWARE: a fault of the program's own
  int code = kFault;
  text::contained(
      [&] {
        code = app::run_command_line({argv + 1, argv + argc});
      },
      [](std::string_view why) {
        app::complain("vault-mock", std::string("stopped by an internal error: ").append(why));
      });
  return code;
}
