// `vault-mock help check`: as `vault-mock check --help`.
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/environment.hpp"
#include "app/cli/help_text.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/read_words.hpp"
#include "app/terminal/print.hpp"

namespace vault_mock::app {
namespace {

int print_help(const std::string& name) {
  if (const auto command = find_command(name.empty() ? "serve" : name)) {
    print(help_text(*command, environment_of_process()));
    return 0;
  }
  const auto near = nearest_command(name);
  const auto mistake = usage_mistake(
      fmt::format("there is no command '{}'{}", name, near.empty() ? "" : "; did you mean " + near + "?"));
  print_error(mistake.err);
  return mistake.code;
}

}  // namespace

Command help_command() {
  const auto name = std::make_shared<std::string>();
  auto command = text_option("", "COMMAND", *name, "The command; without it, vault-mock itself");
  command.may_be_missing = true;
  return {.name = "help",
          .about = "Show what a command does, and its options, as its --help does.",
          .examples = {{"vault-mock help check", ""}},
          .groups = {{"Arguments", {std::move(command)}}},
          .run = [name] { return print_help(*name); }};
}

}  // namespace vault_mock::app
