// `vault-mock check`: every mistake in rule files, as a compiler reports them.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <string_view>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/rule_files/catalogue_file.hpp"
#include "app/rule_files/rule_files.hpp"
#include "app/terminal/print.hpp"
#include "contract/contract.hpp"
#include "engine/names_of_contract.hpp"
#include "rules/language/unreachable.hpp"
#include "text/counted.hpp"
#include "text/embedded.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

constexpr std::size_t kMostUnreachable = 100;

// Where each line of a file begins, with its text.
class Lines {
 public:
  explicit Lines(std::string text) : text_(std::move(text)), starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n') starts_.push_back(i + 1);
  }

  // `number` counts from 1. Returns no more of the line than is shown of a place at `column`.
  std::string line(std::size_t number, std::size_t column) const {
    constexpr std::size_t kMostBehind = 300;
    if (number == 0 || number > starts_.size()) return "";
    const auto start = starts_[number - 1];
    auto line = std::string_view(text_).substr(start, text_.find('\n', start) - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return std::string(line.substr(0, column + kMostBehind));
  }

 private:
  std::string text_;
  std::vector<std::size_t> starts_;
};

struct Warnings {
  std::string text;
  std::size_t count = 0;
};

// Rules that can never match, as warnings at their first byte. The default rules are left out: a rule for
// everything hides them on purpose. Each is formatted at once, as its line may be long.
Warnings unreachable_rules(const LoadedRules& loaded, const RuleSources& sources) {
  Warnings warnings;
  std::map<std::string, Lines> files;
  for (const auto& [index, reason] : rules::find_unreachable(*loaded.book)) {
    const auto& rule = loaded.book->at(index);
    if (index >= loaded.first_default || ++warnings.count > kMostUnreachable) continue;
    auto file = files.find(rule.file);
    if (file == files.end()) file = files.emplace(rule.file, sources.text_of(rule.file).value_or("")).first;
    warnings.text += rules::format({.severity = rules::Severity::warning,
                                    .file = rule.file,
                                    .line = rule.line,
                                    .column = rule.column,
                                    .width = 1,
                                    .source_line = file->second.line(rule.line, rule.column),
                                    .pointer = {},
                                    .message = "this rule can never match: " + reason,
                                    .suggestion = {}});
  }
  if (warnings.count > kMostUnreachable)
    warnings.text +=
        "and " + text::counted(warnings.count - kMostUnreachable, "more rule") + " that can never match\n";
  return warnings;
}

// A named folder without a rule file is a slip: nothing of what was meant would be checked.
Warnings folders_without_rules(const std::vector<std::string>& paths) {
  Warnings errors;
  for (const auto& path : paths) {
    const auto found = find_rules({&path, 1});
    if (!found.files.empty() || !found.refused.empty()) continue;
    errors.text += text::printable(path) + ": error: nothing in this folder was checked\n";
    ++errors.count;
  }
  return errors;
}

// What was checked, in words.
std::string checked_words(const LoadedRules& loaded, const LoadedConnectors& connectors) {
  const auto catalogue =
      connectors.catalogue
          ? fmt::format("{} with {}", text::printable(connectors.file),
                        text::counted(connectors.catalogue->connectors().size(), "connector"))
          : std::string();
  if (loaded.files > 0)
    return fmt::format("{}, {} with the defaults{}: no mistakes", text::counted(loaded.files, "file"),
                       text::counted(loaded.book->size(), "rule"),
                       catalogue.empty() ? "" : ", and " + catalogue);
  if (catalogue.empty()) return "no rule file was named: checked only the built-in rules";
  return "no rule file was named: checked only " + catalogue + " and the built-in rules";
}

struct CheckOptions {
  std::vector<std::string> fixtures;
  bool warnings_as_errors = false;
};

// The exit code: 1 if there are errors; warnings alone are 0, but for --warnings-as-errors.
int check(const CheckOptions& options) {
  const auto& fixtures = options.fixtures;
  const contract::Contract contract(text::embedded_file("server/contract/openapi.json"));
  const RuleSources sources(fixtures);
  const auto loaded = load_rules(sources, engine::names_of_contract(contract));
  const auto connectors = load_connectors(sources);
  if (!loaded || !connectors) {
    std::vector<rules::Mistake> mistakes;
    if (!connectors) mistakes = connectors.error();
    const auto& of_rules = loaded ? loaded->warnings : loaded.error();
    mistakes.insert(mistakes.end(), of_rules.begin(), of_rules.end());
    const auto count = [&](rules::Severity severity) {
      return static_cast<std::size_t>(std::ranges::count(mistakes, severity, &rules::Mistake::severity));
    };
    print(rules::format(mistakes) + text::counted(count(rules::Severity::error), "mistake"));
    if (const auto warnings = count(rules::Severity::warning); warnings > 0)
      print(", " + text::counted(warnings, "warning"));
    print("\n");
    return 1;
  }
  if (const auto errors = folders_without_rules(fixtures); errors.count > 0) {
    print(rules::format(loaded->warnings));
    for (const auto& note : loaded->notes) print(note + "\n");
    print(errors.text + text::counted(errors.count, "mistake") + "\n");
    return 1;
  }
  const auto unreachable = unreachable_rules(*loaded, sources);
  print(rules::format(loaded->warnings) + unreachable.text);
  for (const auto& note : loaded->notes) print(note + "\n");
  print(checked_words(*loaded, *connectors));
  const auto warnings = loaded->warnings.size() + unreachable.count;
  if (warnings > 0) print(", " + text::counted(warnings, "warning"));
  print("\n");
  return warnings > 0 && options.warnings_as_errors ? 1 : 0;
}

}  // namespace

Command check_command() {
  const auto options = std::make_shared<CheckOptions>();
  return {.name = "check",
          .about = "List every mistake in rule files, with its place and what was probably meant.",
          .examples = {{"vault-mock check rules/", ""},
                       {"generate-rules | vault-mock check -", "Read standard input"}},
          .groups = {{"Rules", {fixtures_argument(options->fixtures)}},
                     {"Exit code",
                      {flag("--warnings-as-errors", options->warnings_as_errors,
                            "Exit with 1 on warnings, too")}}},
          .notes = {"Exit code: 1 if there are errors; warnings alone exit with 0."},
          .run = [options] { return check(*options); }};
}

}  // namespace vault_mock::app
