// The commands of the program as data, and what is written from it: the manual page and what completes a
// command line. So that none of them can lack an option.
#pragma once

#include <string>
#include <vector>

namespace vault_mock::app {

struct Option {
  std::string name;         // "--port"; empty: what needs no name, as files
  std::string letter;       // "-p", or empty
  std::string value;        // "PORT"; empty: it takes none
  std::string help;         // "Port to listen on; 0 takes any free one"
  std::string environment;  // "VAULT_MOCK_PORT", or empty
  std::string initial;      // "4010", or empty
  std::vector<std::string> choices;
};

struct Command {
  std::string name;  // "serve"
  std::string about;
  std::vector<Option> options;
  std::string footer;  // examples and other words, as --help ends with them
};

// The first is the one that is meant when none is named. Reads no command line and no environment.
std::vector<Command> commands();

enum class Shell { bash, zsh, fish };
std::string completion(Shell shell, const std::vector<Command>& commands);

// The manual page vault-mock(1), in man's language.
std::string manual(const std::vector<Command>& commands);

}  // namespace vault_mock::app
