// What --help shows.
#pragma once

#include <string>

#include "app/cli/command.hpp"
#include "app/cli/environment.hpp"

namespace vault_mock::app {

// What the command does, how it is called, examples, the options in their groups, notes; at most 100 columns,
// whatever the terminal. An option whose variable is a Kubernetes Service's says that it is ignored.
std::string help_text(const Command& command, const Environment& environment);

}  // namespace vault_mock::app
