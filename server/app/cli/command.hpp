// The commands of the program as data. Each option is declared once, with its help, its environment variable
// and its check; --help, the manual page and the completions are written from the same declaration, and
// read_words() reads the command line by it.
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace vault_mock::app {

struct Option {
  // How many words belong to it. `many`: one each time it is given, and without a name all the words;
  // `list`: the same, and a word with commas is several.
  enum class Takes { nothing, one, many, list };

  std::string name{};    // "--port"; empty: what needs no name, as files
  std::string letter{};  // "-p", or empty
  std::string value{};   // "PORT"; empty where it takes nothing
  std::string help{};    // "Port to listen on; 0 takes any free one"
  Takes takes = Takes::one;
  std::string environment{};           // "VAULT_MOCK_PORT", or empty
  std::string initial{};               // "4010", or empty
  std::vector<std::string> choices{};  // the only words it takes; empty: others, too
  bool may_be_empty = false;           // an empty word is not a slip, such as that of an unset variable
  bool may_be_missing = false;         // of one without a name: --help shows it in brackets
  std::string needs{}, excludes{};     // the name of an option that must, or must not, be there as well

  // Checks a word and keeps it; the error says what to write instead. A flag gets "true" or "false". Empty:
  // --help and --version, which end the reading.
  std::function<tl::expected<void, std::string>(const std::string& word)> take{};
};

struct OptionGroup {
  std::string title;  // "Listening"
  std::vector<Option> options;
};

struct Example {
  std::string line;  // "vault-mock check rules/"
  std::string what;  // "List every mistake in the rule files"; may be empty
};

// The closures own what the options are read into, so a copy reads into the same.
struct Command {
  std::string name{};   // "serve"
  std::string about{};  // a sentence
  std::vector<Example> examples{};
  std::vector<OptionGroup> groups{};
  std::function<std::vector<Example>()> others{};  // commands that --help mentions
  std::vector<std::string> notes{};                // sentences at the end of --help
  std::function<int()> run{};                      // after the command line was read; returns the exit code
};

// Those of all groups, in their order.
std::vector<Option> options_of(const Command& command);

// Gives every option its environment variable: VAULT_MOCK_TLS_PORT for --tls-port.
std::vector<OptionGroup> named_in_environment(std::vector<OptionGroup> groups);

}  // namespace vault_mock::app
