#include "rules/why_not.hpp"

#include <algorithm>

namespace vault_mock::rules {
namespace {

constexpr std::string_view kDidNotMatch = "it did not match";

std::string reason_of(const Rule& rule, const RecordedVerdict::Skip& skipped) {
  switch (skipped.why) {
    case Skipped::Why::off:
      return "it is switched off";
    case Skipped::Why::ended:
      if (!skipped.ended_at) break;
      return "it ended at " + text::format_timestamp(*skipped.ended_at);
    case Skipped::Why::times:
      if (!rule.times) break;
      return "it has already matched " + std::to_string(*rule.times) +
             (*rule.times == 1 ? " time" : " times") + ", its limit" +
             (rule.per == Per::consumer ? " for this consumer" : "");
    case Skipped::Why::probability:
      return "it was not drawn: its probability is " + nlohmann::json(rule.probability).dump();
    case Skipped::Why::state: {
      const auto wanted = std::ranges::find(rule.given, skipped.name, &NamedState::name);
      if (wanted == rule.given.end()) break;
      const auto words = [](const std::optional<std::string>& v) {
        return v ? shown(nlohmann::json(*v)) : std::string("not set");
      };
      return "state " + shown(nlohmann::json(skipped.name)) + ": expected " + words(wanted->value) +
             ", was " + words(skipped.seen);
    }
  }
  return std::string(kDidNotMatch);
}

}  // namespace

RuleReasons why_not(const RuleBook& book, const RequestView& request, Phase phase,
                    const RecordedVerdict& verdict, std::size_t limit) {
  RuleReasons reasons;
  auto skipped = verdict.skipped.begin();
  for (std::size_t i = 0; i < book.size(); ++i) {
    const Rule& rule = book.at(i);
    if (rule.phase != phase) continue;
    if (skipped != verdict.skipped.end() && skipped->rule.identity == rule.identity) {
      reasons.rules.push_back({rule.label, reason_of(rule, *skipped)});
      ++skipped;
    } else if (verdict.rule && verdict.rule->identity == rule.identity) {
      break;
    } else if (reasons.rules.size() < limit) {
      reasons.rules.push_back({rule.label, rule.when.why_not(request).value_or("it holds")});
    } else {
      ++reasons.omitted;
    }
  }
  return reasons;
}

}  // namespace vault_mock::rules
