// A rule file: rules, or mistakes that point into it; and what its rules then decide, with reasons.
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/awkward_request.hpp"
#include "rules/decide.hpp"
#include "rules/language/json_comments.hpp"
#include "rules/language/rule_file.hpp"
#include "rules/language/unreachable.hpp"
#include "rules/why_not.hpp"
#include "support/known_names.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

using support::known_names;

void check_mistakes(const std::vector<rules::Mistake>& mistakes, std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const auto& mistake : mistakes) {
    require(mistake.line <= lines, "a mistake is on a line of the file");
    require(mistake.column <= text.size() + 1, "a mistake is in a column of the file");
    require(!mistake.message.empty(), "a mistake is put into words");
  }
  require(mistakes.empty() || !rules::format(mistakes).empty(), "mistakes can be shown");
}

void try_rules(const rules::RuleList& list) {
  static const nlohmann::json body = nlohmann::json::parse(
      R"({"settings":{"session_length":"7d","unified_apis":["crm"]},"a":{"b":[1,2.5,null,"x"]},"":{}})");
  const rules::RuleBook book(list);
  rules::RuleState state;
  double next = 0;
  const rules::Dice dice = [&next] { return next = next > 0.8 ? 0.0 : next + 0.17; };
  const auto request = awkward_request(&body);
  for (const auto phase : {rules::Phase::before_validation, rules::Phase::after_validation})
    for (int round = 0; round < 3; ++round) {
      const auto decision = rules::decide(book, state, request, phase, dice);
      require(decision.rule == nullptr || &book.at(decision.index) == decision.rule,
              "the decision names its rule");
      rules::why_not(book, request, phase, rules::recorded(decision, book));
      require(decision.answer.delay <= std::chrono::hours(24), "a delay ends within a day");
    }
}

// With comments: what is JSON already stays as it is, and all else stays where it is.
void check_comments(std::string_view bytes) {
  const auto plain = rules::without_comments(bytes);
  require(plain.size() == bytes.size(), "without comments a text is as long");
  for (std::size_t i = 0; i < plain.size(); ++i)
    require(plain[i] == bytes[i] || plain[i] == ' ', "what is no comment stays");
  if (text::read_json(bytes)) require(plain == bytes, "JSON has no comments");
  const auto read = rules::read_rule_file(bytes, "fuzz.jsonc", known_names());
  check_mistakes(read ? read->warnings : read.error(), bytes);
}

}  // namespace

void read_rule_file(std::string_view bytes) {
  check_comments(bytes);
  const auto fixture = rules::read_rule_file(bytes, "fuzz.json", known_names());
  if (!fixture) {
    require(std::ranges::any_of(fixture.error(),
                                [](const auto& m) { return m.severity == rules::Severity::error; }),
            "a refused file has an error");
    return check_mistakes(fixture.error(), bytes);
  }
  check_mistakes(fixture->warnings, bytes);
  try_rules(fixture->rules);
  // A rule is kept as text, for GET /_mock/rules: it must read as the same rule.
  for (const auto& rule : fixture->rules)
    require(rules::rule_from_text(rule->source, "again.json", known_names()).has_value(),
            "a rule's own text can be read again: " + rule->source);
}

}  // namespace vault_mock::fuzz
