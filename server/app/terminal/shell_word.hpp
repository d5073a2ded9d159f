// Text as one word of a POSIX shell's command line, for commands that people paste.
#pragma once

#include <string>
#include <string_view>

namespace vault_mock::app {

// In single quotes where the shell would split or expand it, else as it is.
std::string shell_word(std::string_view text);

}  // namespace vault_mock::app
