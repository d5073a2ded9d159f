// Scripts that complete the command line in a shell, written from the declarations of the commands: none of
// them can lack an option.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.hpp"

namespace vault_mock::app {

enum class Shell { bash, zsh, fish };

// The first command is the one that is meant when none is named.
std::string completion_script(Shell shell, const std::vector<Command>& commands);

}  // namespace vault_mock::app
