// The words of a command line, and the environment, read into the options of a command.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/command.hpp"
#include "app/cli/environment.hpp"

namespace vault_mock::app {

// How a command line ends that runs nothing: --help, --version, a mistake.
struct Ending {
  int code = 0;
  std::string out;  // for standard output
  std::string err;  // for standard error: one line
};

// Nothing: the options are read, and the command may run. The command line wins over the environment, of
// which empty variables and those of a Kubernetes Service are ignored. A mistake has the exit code 2.
std::optional<Ending> read_words(const Command& command, std::vector<std::string> words,
                                 const Environment& environment);

// A mistake in a command line: "vault-mock: WHY. See vault-mock COMMAND --help". `command` empty: serve.
Ending usage_mistake(const std::string& why, std::string_view command = "");

}  // namespace vault_mock::app
