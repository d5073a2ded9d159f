// Text as one word of a command line, for commands that people paste.
#pragma once

#include <string>
#include <string_view>

namespace vault_mock::app {

// Quoted only where a shell would take it apart.
std::string shell_word(std::string_view text);

}  // namespace vault_mock::app
