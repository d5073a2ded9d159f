// The manual page vault-mock(1), written from the declarations of the commands.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.hpp"

namespace vault_mock::app {

// In man's language. The first command is the one that is meant when none is named.
std::string manual_page(const std::vector<Command>& commands);

}  // namespace vault_mock::app
