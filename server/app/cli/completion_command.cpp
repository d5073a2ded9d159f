// `vault-mock completion`: the script that completes the command line in a shell.
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/completion_script.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/read_words.hpp"
#include "app/terminal/print.hpp"

namespace vault_mock::app {
namespace {

int print_completion(const std::string& shell) {
  if (shell.empty()) {
    print_error(usage_mistake("completion needs a shell: bash, zsh or fish", "completion").err);
    return 2;
  }
  print(completion_script(shell == "bash"  ? Shell::bash
                          : shell == "zsh" ? Shell::zsh
                                           : Shell::fish,
                          commands()));
  return 0;
}

}  // namespace

Command completion_command() {
  const auto shell = std::make_shared<std::string>();
  return {.name = "completion",
          .about = "Print the script that completes the command line in a shell.",
          .examples = {{"eval \"$(vault-mock completion bash)\"", ""},
                       {"eval \"$(vault-mock completion zsh)\"", ""},
                       {"vault-mock completion fish | source", ""}},
          .groups = {{"Arguments", {choice_option("", {"bash", "zsh", "fish"}, *shell, "The shell")}}},
          .run = [shell] { return print_completion(*shell); }};
}

}  // namespace vault_mock::app
