#include "app/cli/commands.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

#include "app/cli/environment.hpp"
#include "app/cli/read_words.hpp"
#include "app/rule_files/rule_files.hpp"
#include "app/terminal/print.hpp"
#include "text/nearest.hpp"

namespace vault_mock::app {
namespace {

struct NamedCommand {
  std::string_view name;
  Command (*make)();
};
constexpr NamedCommand kCommands[] = {{"serve", serve_command},
                                      {"check", check_command},
                                      {"explain", explain_command},
                                      {"doctor", doctor_command},
                                      {"ca", ca_command},
                                      {"health", health_command},
                                      {"requests", requests_command},
                                      {"why", why_command},
                                      {"fail", fail_command},
                                      {"reset", reset_command},
                                      {"completion", completion_command},
                                      {"manual", manual_command},
                                      {"help", help_command},
                                      {"version", version_command}};
constexpr std::string_view kServe = kCommands[0].name;
// Other words for serving.
constexpr std::string_view kServeToo[] = {"start", "run"};

// What other programs call the like.
struct ForeignWord {
  std::string_view word, ours;
};
constexpr ForeignWord kForeignWords[] = {{"mock", "serve"},
                                         {"up", "serve"},
                                         {"dev", "serve"},
                                         {"listen", "serve"},
                                         {"validate", "check"},
                                         {"lint", "check"},
                                         {"verify", "check"},
                                         {"test", "check"},
                                         {"log", "requests"},
                                         {"logs", "requests"},
                                         {"journal", "requests"},
                                         {"list", "requests"},
                                         {"tail", "requests --follow"},
                                         {"inspect", "why"},
                                         {"trace", "why"},
                                         {"status", "health"},
                                         {"ping", "health"},
                                         {"cert", "ca"},
                                         {"certificate", "ca"},
                                         {"trust", "ca"},
                                         {"man", "manual"},
                                         {"error", "fail"},
                                         {"clear", "reset"}};

// With --help and --version, which read_words() takes by itself.
Command made(const NamedCommand& named) {
  auto command = named.make();
  OptionGroup group{"General", {{.name = "--help", .letter = "-h", .help = "Print this help"}}};
  if (named.name == kServe)
    group.options.push_back({.name = "--version", .letter = "-V", .help = "Print the version"});
  for (auto& option : group.options) option.takes = Option::Takes::nothing;
  command.groups.push_back(std::move(group));
  return command;
}

// A first word that is neither a command nor a file, and was probably meant as a command: it resembles one,
// or has neither folder nor ending. Nothing: it may be a file.
std::optional<Ending> refuse_word(const std::string& word) {
  if (word.empty() || word.starts_with('-') || ::access(word.c_str(), F_OK) == 0) return std::nullopt;
  auto near = nearest_command(word);
  if (near.empty() && word.find_first_of("./") != word.npos) return std::nullopt;  // a file that is not there
  if (near.empty()) near = nearest_path(word);
  return usage_mistake(fmt::format("'{}' is neither a command nor a file{}", word,
                                   near.empty() ? "" : "; did you mean " + near + "?"));
}

int end(const Ending& ending) {
  print(ending.out);
  print_error(ending.err);
  return ending.code;
}

}  // namespace

std::vector<Command> commands() {
  std::vector<Command> list;
  for (const auto& named : kCommands) list.push_back(made(named));
  return list;
}

std::optional<Command> find_command(std::string_view name) {
  if (std::ranges::find(kServeToo, name) != std::end(kServeToo)) name = kServe;
  const auto* found = std::ranges::find(kCommands, name, &NamedCommand::name);
  if (found == std::end(kCommands)) return std::nullopt;
  return made(*found);
}

std::vector<Example> listed_commands() {
  std::vector<Example> listed;
  for (const auto& [name, make] : kCommands)
    listed.push_back({"vault-mock " + std::string(name),
                      name == kServe ? "Serve the mock, as vault-mock alone does." : make().about});
  return listed;
}

std::string nearest_command(std::string_view word) {
  std::vector<std::string> known(std::begin(kServeToo), std::end(kServeToo));
  for (const auto& named : kCommands) known.emplace_back(named.name);
  const auto foreign = std::ranges::find(kForeignWords, word, &ForeignWord::word);
  const auto near = foreign != std::end(kForeignWords) ? std::optional(std::string(foreign->ours))
                                                       : text::nearest(word, known);
  return near ? "vault-mock " + *near : "";
}

std::vector<std::string> warnings_of_environment() {
  const auto environment = environment_of_process();
  if (environment.empty()) return {};
  auto known = variables_of_clients();
  for (const auto& command : commands())
    for (const auto& option : options_of(command))
      if (!option.environment.empty() && std::ranges::find(known, option.environment) == known.end())
        known.push_back(option.environment);
  return environment_warnings(environment, known);
}

int run_command_line(std::vector<std::string> words) {
  auto command = find_command(words.empty() ? kServe : std::string_view(words.front()));
  if (command && !words.empty()) {
    words.erase(words.begin());
  } else if (!command) {
    if (const auto refused = refuse_word(words.front())) return end(*refused);
    command = find_command(kServe);
  }
  if (const auto ending = read_words(*command, std::move(words), environment_of_process()))
    return end(*ending);
  return command->run();
}

}  // namespace vault_mock::app
