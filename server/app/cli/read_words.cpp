// The only file that includes CLI11: it is heavy to compile. CLI11 takes the command line apart; what the
// words mean is said by the options themselves.
#include "app/cli/read_words.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/cli/help_text.hpp"
#include "text/ascii.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using Takes = Option::Takes;

struct Declared {
  Option option;
  CLI::Option* in_cli = nullptr;
};

CLI::Option* declare(CLI::App& app, const Option& option) {
  const auto names = option.name.empty()     ? text::lower(option.value)
                     : option.letter.empty() ? option.name
                                             : option.letter + "," + option.name;
  if (option.takes == Takes::nothing) return app.add_flag(names);
  auto* declared = app.add_option(names)->allow_extra_args(false);
  if (option.name.empty() && option.takes == Takes::many) declared->expected(-1);
  return declared->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::vector<std::string> split_at_commas(const std::string& word) {
  std::vector<std::string> parts(1);
  for (const char c : word) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

// CLI11's words are for all kinds of programs; these say in one line what was wrong and what to do.
std::string words_for(const CLI::App& app, const std::vector<Declared>& all, const CLI::Error& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !app.remaining().empty()) {
    const auto unknown = app.remaining().front();
    if (!unknown.starts_with('-')) return "unexpected argument '" + unknown + "'";
    std::vector<std::string> known;
    for (const auto& [option, in_cli] : all)
      if (!option.name.empty()) known.push_back(option.name);
    // Some programs print their version, others more of their log.
    if (unknown == "-v" && std::ranges::find(known, "--log-level") != known.end())
      return "-v is not an option: -V prints the version, and --log-level debug logs more";
    const auto near = text::nearest(unknown, known);
    return "unknown option " + unknown + (near ? "; did you mean " + *near + "?" : "");
  }
  std::string words = error.what();
  if (const auto newline = words.find('\n'); newline != words.npos) words.resize(newline);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const auto name = words.substr(0, words.find(':'));
    for (const auto& [option, in_cli] : all)
      if (option.name == name && option.takes != Takes::nothing)
        return fmt::format("{} needs a value: {} {}", name, name, option.value);
  }
  return words;
}

// The words of one option, from wherever they come. Empty: it was not given.
struct Given {
  std::vector<std::string> words;
  std::string name;  // of the option or of its variable; empty: it has none
};

Given given_words(const Declared& declared, const Environment& environment) {
  const auto& option = declared.option;
  if (declared.in_cli->count() > 0) return {declared.in_cli->results(), option.name};
  const auto variable = environment.find(option.environment);
  if (variable == environment.end() || variable->second.empty() ||
      is_of_a_service(variable->first, variable->second))
    return {};
  return {{variable->second}, variable->first};
}

// "the key is empty; is a variable unset?"
std::string empty_words(const Option& option) {
  const bool is_plain = std::ranges::all_of(option.value, text::is_alpha);
  const auto what = option.value == "FILE" ? "name of the file"
                    : is_plain             ? text::lower(option.value)
                                           : "value";
  return fmt::format("the {} is empty; is a variable unset?", what);
}

// VAULT_MOCK_FIXTURES=rules,more: a list, which the variable cannot be.
std::string refuse_list(const Option& option, const Given& given, const std::string& word) {
  if (!option.name.empty() || given.name.empty() || word.find(',') == word.npos ||
      ::access(word.c_str(), F_OK) == 0)
    return "";
  return fmt::format("{} names one file or folder; there is no '{}'. For several write: vault-mock {}",
                     given.name, word, fmt::join(split_at_commas(word), " "));
}

std::string take_words(const Option& option, const Given& given) {
  if (option.takes == Takes::one && given.words.size() > 1)
    return fmt::format("{} was given {} times; give it once", given.name, given.words.size());
  const auto take = [&](const std::string& word) -> std::string {
    if (auto mistake = refuse_list(option, given, word); !mistake.empty()) return mistake;
    if (word.empty() && option.takes != Takes::nothing && !option.may_be_empty)
      return given.name.empty() ? "an argument is empty; is a variable unset?"
                                : given.name + ": " + empty_words(option);
    const auto taken = option.take(word);
    return taken ? "" : given.name + (given.name.empty() ? "" : ": ") + taken.error();
  };
  for (const auto& word : given.words)
    for (const auto& part : option.takes == Takes::list ? split_at_commas(word) : std::vector{word})
      if (auto mistake = take(part); !mistake.empty()) return mistake;
  return "";
}

// What is wrong with the options, or empty.
std::string take_all(const std::vector<Declared>& all, const Environment& environment) {
  std::vector<std::string> present;
  for (const auto& declared : all) {
    if (!declared.option.take) continue;
    const auto given = given_words(declared, environment);
    if (given.words.empty()) continue;
    present.push_back(declared.option.name);
    if (auto mistake = take_words(declared.option, given); !mistake.empty()) return mistake;
  }
  const auto is_present = [&](const std::string& name) {
    return std::ranges::find(present, name) != present.end();
  };
  for (const auto& [option, in_cli] : all) {
    if (!is_present(option.name)) continue;
    if (!option.needs.empty() && !is_present(option.needs))
      return fmt::format("{} requires {}", option.name, option.needs);
    if (!option.excludes.empty() && is_present(option.excludes))
      return fmt::format("{} cannot be used with {}", option.name, option.excludes);
  }
  return "";
}

}  // namespace

Ending usage_mistake(const std::string& why, std::string_view command) {
  return {2, "",
          fmt::format("vault-mock: {}{} See vault-mock{}{} --help\n", text::printable(why),
                      why.ends_with('?') ? "" : ".", command.empty() ? "" : " ", command)};
}

std::optional<Ending> read_words(const Command& command, std::vector<std::string> words,
                                 const Environment& environment) {
  const auto helped = command.name == "serve" ? "" : command.name;
  CLI::App app;
  app.set_help_flag("-h,--help");
  std::vector<Declared> all;
  bool has_version = false;
  for (auto& option : options_of(command)) {
    if (option.name == "--version") has_version = true;
    if (option.take) {
      auto* in_cli = declare(app, option);
      all.push_back({std::move(option), in_cli});
    }
  }
  if (has_version) app.set_version_flag("-V,--version", "vault-mock " VAULT_MOCK_VERSION);
  std::ranges::reverse(words);  // as CLI11 takes them
  try {
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    return Ending{0, help_text(command, environment), ""};
  } catch (const CLI::CallForVersion& version) {
    return Ending{0, std::string(version.what()) + "\n", ""};
  } catch (const CLI::ParseError& error) {
    return usage_mistake(words_for(app, all, error), helped);
  }
  const auto mistake = take_all(all, environment);
  if (!mistake.empty()) return usage_mistake(mistake, helped);
  return std::nullopt;
}

}  // namespace vault_mock::app
