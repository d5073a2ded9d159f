#include "app/cli/help_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text/utf8.hpp"

namespace vault_mock::app {
namespace {

constexpr std::size_t kMostColumns = 100, kFewestColumns = 80;
constexpr std::size_t kHelpColumn = 30;

// The terminal's width, where standard output is a narrow one.
std::size_t columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kMostColumns;
  return std::clamp<std::size_t>(size.ws_col, kFewestColumns, kMostColumns);
}

// The words in lines that begin at `indent`; the first has `used` columns already. What is in brackets stays
// together.
std::string wrapped(const std::string& words, std::size_t used, std::size_t indent) {
  const auto most = columns();
  std::string text;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    for (std::string more; word.starts_with('[') && !word.ends_with(']') && in >> more;) word += ' ' + more;
    const auto width = text::count_characters(word);
    if (used > indent && used + 1 + width > most) {
      text += '\n' + std::string(indent, ' ');
      used = indent;
    } else if (used > indent) {
      text += ' ';
      ++used;
    }
    text += word;
    used += width;
  }
  return text + "\n";
}

std::string usage(const Command& command) {
  std::string text = "Usage: vault-mock";
  if (command.name != "serve") text += " " + command.name;
  text += " [OPTIONS]";
  for (const auto& option : options_of(command))
    if (option.name.empty())
      text += option.takes == Option::Takes::many ? " [" + option.value + "...]"
              : option.may_be_missing             ? " [" + option.value + "]"
                                                  : " " + option.value;
  return text + (command.others ? "\n       vault-mock COMMAND [OPTIONS]\n" : "\n");
}

// Lines in two columns, or nothing.
std::string section(std::string_view title, const std::vector<Example>& lines) {
  if (lines.empty()) return "";
  std::size_t width = 0;
  for (const auto& [line, what] : lines)
    if (!what.empty()) width = std::max(width, line.size());
  auto text = fmt::format("\n{}:\n", title);
  for (const auto& [line, what] : lines)
    text += what.empty() ? fmt::format("  {}\n", line)
                         : fmt::format("  {:<{}}  {}", line, width, wrapped(what, width + 4, width + 4));
  return text;
}

// "[default: 4010] [env: VAULT_MOCK_PORT]"
std::string facts(const Option& option, const Environment& environment) {
  std::string text;
  if (!option.initial.empty()) text += fmt::format(" [default: {}]", option.initial);
  if (option.environment.empty()) return text;
  const auto set = environment.find(option.environment);
  if (set != environment.end() && is_of_a_service(set->first, set->second))
    return text + fmt::format(" [{} is ignored: Kubernetes set it for a Service]", option.environment);
  return text + fmt::format(" [env: {}]", option.environment);
}

std::string option_lines(const Option& option, const Environment& environment) {
  auto left = option.name.empty()     ? "  " + option.value
              : option.letter.empty() ? "      " + option.name
                                      : fmt::format("  {}, {}", option.letter, option.name);
  if (!option.name.empty() && !option.value.empty()) left += " " + option.value;
  if (left.size() + 2 > kHelpColumn)
    left += "\n" + std::string(kHelpColumn, ' ');
  else
    left.resize(kHelpColumn, ' ');
  return left + wrapped(option.help + facts(option, environment), kHelpColumn, kHelpColumn);
}

}  // namespace

std::string help_text(const Command& command, const Environment& environment) {
  auto text = command.about + "\n\n" + usage(command) + section("Examples", command.examples);
  for (const auto& [title, options] : command.groups) {
    text += "\n" + title + ":\n";
    for (const auto& option : options) text += option_lines(option, environment);
  }
  if (command.others) text += section("Commands", command.others());
  for (const auto& note : command.notes) text += "\n" + wrapped(note, 0, 0);
  return text;
}

}  // namespace vault_mock::app
