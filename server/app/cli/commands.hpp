// The commands of the program: one file each, and here their list.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/command.hpp"

namespace vault_mock::app {

Command serve_command();
Command check_command();
Command explain_command();
Command health_command();
Command requests_command();
Command why_command();
Command fail_command();
Command reset_command();
Command doctor_command();
Command ca_command();
Command completion_command();
Command manual_command();
Command help_command();
Command version_command();

// All of them. The first, serve, is the one that is meant when none is named. Reads no environment.
std::vector<Command> commands();

// The command of that name, or serve for `start` and `run`, which people try first. Nothing: there is none.
std::optional<Command> find_command(std::string_view name);

// All of them, each with a sentence about it.
std::vector<Example> listed_commands();

// "vault-mock check", where `word` was probably meant as that command; or empty.
std::string nearest_command(std::string_view word);

// A sentence for each variable VAULT_MOCK_… of the process that has no effect (app/cli/environment.hpp).
std::vector<std::string> warnings_of_environment();

// Reads the words behind the program's name, runs the command, and returns the exit code: 2 for a mistake in
// the words, which is one line on standard error; else that of the command.
int run_command_line(std::vector<std::string> words);

}  // namespace vault_mock::app
