// `vault-mock version`: as `vault-mock --version`.
#include "app/cli/commands.hpp"
#include "app/terminal/print.hpp"

namespace vault_mock::app {

Command version_command() {
  return {.name = "version", .about = "Print the version.", .run = [] {
            print("vault-mock " VAULT_MOCK_VERSION "\n");
            return 0;
          }};
}

}  // namespace vault_mock::app
