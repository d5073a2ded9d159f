// `vault-mock manual`: the manual page.
#include "app/cli/commands.hpp"
#include "app/cli/manual_page.hpp"
#include "app/terminal/print.hpp"

namespace vault_mock::app {

Command manual_command() {
  return {.name = "manual",
          .about = "Print the manual page, in man's format.",
          .examples = {{"vault-mock manual | man -l -", ""}},
          .run = [] {
            print(manual_page(commands()));
            return 0;
          }};
}

}  // namespace vault_mock::app
