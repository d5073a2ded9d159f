#include "app/cli/completion_script.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <initializer_list>
#include <utility>

#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

// What the value of an option may be.
enum class ArgumentKind { nothing, file, choice, other };

ArgumentKind kind_of(const Option& option) {
  if (option.value.empty()) return ArgumentKind::nothing;
  if (!option.choices.empty()) return ArgumentKind::choice;
  return option.value == "FILE" || option.value == "FIXTURES" ? ArgumentKind::file : ArgumentKind::other;
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string names_of(const Command& command) {
  std::vector<std::string> names;
  for (const auto& option : options_of(command))
    if (!option.name.empty()) names.push_back(option.name);
  return joined(names);
}

std::string names_of(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const auto& command : commands) names.push_back(command.name);
  return joined(names);
}

// For single quotes of any of the shells: none of the texts has a backslash.
std::string quoted(std::string text, std::string_view quote) {
  for (std::size_t at = 0; (at = text.find('\'', at)) != text.npos; at += quote.size())
    text.replace(at, 1, quote);
  return text;
}

// An embedded file with its @names@ filled in. A text that ends with a newline replaces a whole line.
std::string fill(std::string_view file,
                 std::initializer_list<std::pair<std::string_view, std::string>> texts) {
  std::string filled(text::embedded_file(file));
  for (auto [name, text] : texts) {
    if (text.ends_with('\n')) text.pop_back();
    const auto mark = fmt::format("@{}@", name);
    for (std::size_t at = 0; (at = filled.find(mark, at)) != filled.npos; at += text.size())
      filled.replace(at, mark.size(), text);
  }
  return filled;
}

// bash: a function that looks at the command and at the word before -----------------------------------------

std::string bash_values(const Command& command) {
  std::string cases;
  for (const auto& option : options_of(command)) {
    if (option.name.empty()) continue;
    if (kind_of(option) == ArgumentKind::file)
      cases += fmt::format("        {}) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n", option.name);
    else if (kind_of(option) == ArgumentKind::choice)
      cases += fmt::format("        {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n", option.name,
                           joined(option.choices));
    else if (kind_of(option) == ArgumentKind::other)
      cases += fmt::format("        {}{}) return ;;\n", option.letter.empty() ? "" : option.letter + "|",
                           option.name);
  }
  return cases;
}

std::string bash_argument(const Command& command) {
  for (const auto& option : options_of(command)) {
    if (!option.name.empty()) continue;
    if (kind_of(option) == ArgumentKind::file) return "      files=yes\n";
    if (kind_of(option) == ArgumentKind::choice)
      return fmt::format("      words+=' {}'\n", joined(option.choices));
  }
  return "";
}

std::string bash_case(const Command& command) {
  std::string text = fmt::format("    {})\n", command.name);
  if (const auto values = bash_values(command); !values.empty())
    text += "      case $before in\n" + values + "      esac\n";
  text += fmt::format("      words='{}'\n", names_of(command));
  return text + bash_argument(command) + "      ;;\n";
}

std::string bash(const std::vector<Command>& commands) {
  std::string cases;
  for (const auto& command : commands) cases += bash_case(command);
  return fill("server/app/cli/completion/template.bash",
              {{"first", commands.front().name}, {"commands", names_of(commands)}, {"cases", cases}});
}

// zsh: _arguments -------------------------------------------------------------------------------------------

std::string zsh_text(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') safe += '\\';
    safe += c;
  }
  return quoted(safe, R"('\'')");
}

std::string zsh_value(const Option& option) {
  switch (kind_of(option)) {
    case ArgumentKind::nothing:
      return "";
    case ArgumentKind::file:
      return ":" + option.value + ":_files";
    case ArgumentKind::choice:
      return ":value:(" + joined(option.choices) + ")";
    case ArgumentKind::other:
      return ":" + zsh_text(option.value) + ": ";
  }
  return "";
}

std::string zsh_arguments(const Command& command) {
  std::string text = "_arguments -s";
  for (const auto& option : options_of(command)) {
    if (option.name.empty())
      text += fmt::format(" \\\n        '*{}'", zsh_value(option));
    else
      for (const auto& name : {option.letter, option.name})
        if (!name.empty())
          text += fmt::format(" \\\n        '*{}[{}]{}'", name, zsh_text(option.help), zsh_value(option));
  }
  return text;
}

std::string zsh(const std::vector<Command>& commands) {
  std::string names, cases;
  for (const auto& command : commands) {
    names += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.about));
    cases += fmt::format("    {})\n      {} ;;\n", command.name, zsh_arguments(command));
  }
  return fill("server/app/cli/completion/template.zsh",
              {{"first", commands.front().name}, {"commands", names}, {"cases", cases}});
}

// fish: one line an option ----------------------------------------------------------------------------------

std::string fish_value(const Option& option) {
  switch (kind_of(option)) {
    case ArgumentKind::nothing:
      return "";
    case ArgumentKind::file:
      return " -r -F";
    case ArgumentKind::choice:
      return fmt::format(" -x -a '{}'", joined(option.choices));
    case ArgumentKind::other:
      return " -x";
  }
  return "";
}

std::string fish(const std::vector<Command>& commands) {
  const auto names = names_of(commands);
  std::string text =
      "# fish completion for vault-mock: vault-mock completion fish | source\ncomplete -c vault-mock -f\n";
  for (const auto& command : commands)
    text += fmt::format("complete -c vault-mock -n __fish_is_first_token -a {} -d '{}'\n", command.name,
                        quoted(command.about, R"(\')"));
  for (const auto& command : commands) {
    const auto when = &command == &commands.front() ? fmt::format("not __fish_seen_subcommand_from {}",
                                                                  names.substr(names.find(' ') + 1))
                                                    : "__fish_seen_subcommand_from " + command.name;
    for (const auto& option : options_of(command)) {
      text += fmt::format("complete -c vault-mock -n '{}'", when);
      if (option.name.empty())
        text +=
            kind_of(option) == ArgumentKind::file ? " -F" : fmt::format(" -a '{}'", joined(option.choices));
      else
        text +=
            fmt::format("{} -l {}{} -d '{}'", option.letter.empty() ? "" : " -s " + option.letter.substr(1),
                        option.name.substr(2), fish_value(option), quoted(option.help, R"(\')"));
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::string completion_script(Shell shell, const std::vector<Command>& commands) {
  switch (shell) {
    case Shell::bash:
      return bash(commands);
    case Shell::zsh:
      return zsh(commands);
    case Shell::fish:
      return fish(commands);
  }
  return "";
}

}  // namespace vault_mock::app
