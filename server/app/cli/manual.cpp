#include <fmt/format.h>

#include "app/cli/command.hpp"

namespace vault_mock::app {
namespace {

// Text as man sets it: hyphens that can be copied, and no line that begins with a command of man's.
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

// The end of --help as it is there.
std::string set_footer(std::string_view footer) {
  while (footer.starts_with('\n')) footer.remove_prefix(1);
  if (footer.empty()) return "";
  return fmt::format(".PP\n.nf\n{}\n.fi\n", set(footer));
}

std::string synopsis(const Command& command, bool is_first) {
  std::string text = is_first ? ".B vault\\-mock" : ".br\n.B vault\\-mock";
  if (!is_first) text += " " + command.name;
  text += "\n[\\fIOPTION\\fR]...";
  for (const auto& option : command.options)
    if (option.name.empty())
      text += option.choices.empty() ? fmt::format(" [\\fI{}\\fR]...", set(option.value))
                                     : fmt::format(" {}", set(option.value));
  return text + "\n";
}

}  // namespace

std::string manual(const std::vector<Command>& commands) {
  std::string text = fmt::format(
      ".TH VAULT\\-MOCK 1 \"\" \"vault\\-mock {}\" \"User Commands\"\n"
      ".SH NAME\nvault\\-mock \\- a local fake of Apideck's Vault\n.SH SYNOPSIS\n",
      VAULT_MOCK_VERSION);
  for (const auto& command : commands) text += synopsis(command, &command == &commands.front());
  text +=
      ".SH DESCRIPTION\n"
      "Answers the calls of Apideck's Vault API as the hosted service does, without network, secrets or "
      "quotas, for "
      "tests, front ends offline and demonstrations. Errors come on demand: by consumer id, by request "
      "header, or by "
      "rules in files.\n";
  for (const auto& command : commands) {
    text +=
        &command == &commands.front() ? ".SH OPTIONS\n" : fmt::format(".SH VAULT\\-MOCK {}\n", command.name);
    if (&command != &commands.front()) text += set(command.about) + "\n";
    for (const auto& option : command.options) text += set(option);
    text += set_footer(command.footer);
  }
  return text +
         ".SH EXIT STATUS\n"
         "0 after a signal to stop, or when all is well; 1 when rule files have mistakes or no mock is "
         "healthy there; "
         "2 when it could not start.\n";
}

}  // namespace vault_mock::app
