#include "app/check.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "app/print.hpp"
#include "app/rule_files.hpp"
#include "contract/contract.hpp"
#include "engine/vocabulary.hpp"
#include "rules/unreachable.hpp"
#include "text/counted.hpp"
#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

std::string source_line(const RuleSources& sources, const std::string& path, std::size_t number) {
  const auto text = sources.text_of(path).value_or("");
  std::size_t start = 0;
  for (std::size_t line = 1; line < number && start != text.npos; ++line) {
    start = text.find('\n', start);
    if (start != text.npos) ++start;
  }
  if (start == text.npos) return "";
  auto line = text.substr(start, text.find('\n', start) - start);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

// Rules that can never match, as warnings at their first byte. Those of the defaults are no concern of the
// user's: to hide them is what a rule for everything does.
std::vector<rules::Mistake> unreachable_rules(const rules::RuleBook& book, const RuleSources& sources) {
  std::vector<rules::Mistake> warnings;
  for (const auto& [index, reason] : rules::find_unreachable(book)) {
    const auto& rule = book.at(index);
    if (rule.file == kDefaultsFile) continue;
    warnings.push_back({.severity = rules::Severity::warning,
                        .file = rule.file,
                        .line = rule.line,
                        .column = rule.column,
                        .width = 1,
                        .source_line = source_line(sources, rule.file, rule.line),
                        .pointer = {},
                        .message = "this rule can never match: " + reason,
                        .suggestion = {}});
  }
  return warnings;
}

}  // namespace

int check(const CheckOptions& options) {
  const contract::Contract contract(embedded::file("server/contract/openapi.json"));
  const RuleSources sources(options.fixtures);
  const auto loaded = load_rules(sources, engine::vocabulary_of(contract));
  const auto connectors = load_connectors(sources);
  if (!loaded) {
    const auto& mistakes = loaded.error();
    const auto errors = static_cast<std::size_t>(
                            std::ranges::count(mistakes, rules::Severity::error, &rules::Mistake::severity)) +
                        (connectors ? 0 : 1);
    if (!connectors) print(connectors.error());
    print(rules::format(mistakes) + text::counted(errors, "mistake"));
    const auto warnings = static_cast<std::size_t>(
        std::ranges::count(mistakes, rules::Severity::warning, &rules::Mistake::severity));
    if (warnings > 0) print(", " + text::counted(warnings, "warning"));
    print("\n");
    return 1;
  }
  if (!connectors) {
    print(connectors.error() + text::counted(1, "mistake") + "\n");
    return 1;
  }
  auto warnings = loaded->warnings;
  const auto unreachable = unreachable_rules(*loaded->book, sources);
  warnings.insert(warnings.end(), unreachable.begin(), unreachable.end());
  print(rules::format(warnings));
  for (const auto& note : loaded->notes) print(note + "\n");
  print(fmt::format("{}, {} with the defaults: no mistakes", text::counted(loaded->files, "file"),
                    text::counted(loaded->book->size(), "rule")));
  if (!warnings.empty()) print(", " + text::counted(warnings.size(), "warning"));
  print("\n");
  return 0;
}

}  // namespace vault_mock::app
