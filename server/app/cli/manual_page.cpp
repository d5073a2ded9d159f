#include "app/cli/manual_page.hpp"

#include <fmt/format.h>

namespace vault_mock::app {
namespace {

// Text in man's language: hyphens that can be copied, and no line that begins with a request of man's.
std::string set(std::string_view text) {
  std::string safe;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) safe += "\\&";
    if (c == '-')
      safe += "\\-";
    else if (c == '\\')
      safe += "\\e";
    else
      safe += c;
    line_begins = c == '\n';
  }
  return safe;
}

std::string set(const Option& option) {
  std::string text = ".TP\n";
  const auto names = set(option.letter.empty() ? option.name : option.letter + ", " + option.name);
  if (option.name.empty())
    text += fmt::format(".I {}\n", set(option.value));
  else if (option.value.empty())
    text += fmt::format(".B {}\n", names);
  else
    text += fmt::format(".BI \"{} \" \"{}\"\n", names, set(option.value));
  text += set(option.help);
  if (!option.initial.empty()) text += fmt::format(" (default: {})", set(option.initial));
  text += ".\n";
  if (!option.environment.empty()) text += fmt::format("Environment: \\fB{}\\fR.\n", set(option.environment));
  return text;
}

std::string set(const std::vector<Example>& examples) {
  if (examples.empty()) return "";
  std::string text = ".SS Examples\n";
  for (const auto& [line, what] : examples)
    text += fmt::format(".TP\n.B {}\n{}\n", set(line), what.empty() ? "\\&" : set(what) + ".");
  return text;
}

std::string synopsis(const Command& command, bool is_first) {
  std::string text = is_first ? ".B vault\\-mock" : ".br\n.B vault\\-mock";
  if (!is_first) text += " " + command.name;
  text += "\n[\\fIOPTION\\fR]...";
  for (const auto& option : options_of(command)) {
    if (!option.name.empty()) continue;
    text +=
        option.choices.empty() ? fmt::format(" [\\fI{}\\fR]", set(option.value)) : " " + set(option.value);
    if (option.takes == Option::Takes::many) text += "...";
  }
  return text + "\n";
}

std::string set(const Command& command, bool is_first) {
  auto text = is_first ? std::string() : set(command.about) + "\n";
  text += set(command.examples);
  for (const auto& [title, options] : command.groups) {
    text += fmt::format(".SS {}\n", set(title));
    for (const auto& option : options) text += set(option);
  }
  if (!command.notes.empty()) text += ".SS Notes\n";
  for (const auto& note : command.notes)
    text += fmt::format("{}{}\n", &note == &command.notes.front() ? "" : ".PP\n", set(note));
  return text;
}

}  // namespace

std::string manual_page(const std::vector<Command>& commands) {
  std::string text = fmt::format(
      ".TH VAULT\\-MOCK 1 \"\" \"vault\\-mock {}\" \"User Commands\"\n"
      ".SH NAME\nvault\\-mock \\- a local fake of Apideck's Vault\n.SH SYNOPSIS\n",
      VAULT_MOCK_VERSION);
  for (const auto& command : commands) text += synopsis(command, &command == &commands.front());
  text +=
      ".SH DESCRIPTION\n"
      "Answers the calls of Apideck's Vault API as the hosted service does, without network, secrets or "
      "quotas, for tests, front ends offline and demonstrations. Errors come on demand: by consumer id, by "
      "request header, or by rules in files.\n";
  for (const auto& command : commands) {
    const bool is_first = &command == &commands.front();
    text += is_first ? ".SH OPTIONS\n" : fmt::format(".SH VAULT\\-MOCK {}\n", command.name);
    text += set(command, is_first);
  }
  return text +
         ".SH EXIT STATUS\n"
         "0 after a signal to stop, or if all is well; 1 if rule files have mistakes, or no mock is healthy "
         "at the address; 2 for a mistake on the command line, or if the mock could not start.\n";
}

}  // namespace vault_mock::app
