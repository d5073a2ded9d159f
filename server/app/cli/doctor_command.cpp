// `vault-mock doctor`: what would keep the mock from being served, and which URL each kind of client uses.
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/serve_option_groups.hpp"
#include "app/doctor/doctor.hpp"

namespace vault_mock::app {

Command doctor_command() {
  const auto options = std::make_shared<ServeOptions>();
  return {.name = "doctor",
          .about = "Look for setup problems, and show which URL each kind of client uses.",
          .examples = {{"vault-mock doctor", "Before a plain `vault-mock`"},
                       {"vault-mock doctor rules/ --tls", "Before `vault-mock rules/ --tls`"},
                       {"vault-mock doctor rules/ --store redis://cache",
                        "Beside replicas, which it compares with what it is given"}},
          .groups = serve_option_groups(*options),
          .notes = {"Takes the options that the mock is started with, changes nothing, and asks no other "
                    "machine but the store.",
                    "Exit code: 1 if something would keep the mock from working, else 0; warnings are what "
                    "some clients may stumble over."},
          .run = [options] {
            add_warnings(*options);
            return doctor(*options);
          }};
}

}  // namespace vault_mock::app
