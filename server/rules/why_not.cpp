#include "rules/why_not.hpp"

#include <algorithm>

namespace vault_mock::rules {
namespace {

std::string reason_of(const Rule& rule, const Skipped& skipped) {
  switch (skipped.why) {
    case Skipped::Why::off:
      return "it is switched off";
    case Skipped::Why::ended:
      return "it ended at " + text::format_timestamp(*skipped.ended_at);
    case Skipped::Why::times:
      return "it has already matched " + std::to_string(*rule.times) +
             (*rule.times == 1 ? " time" : " times") + ", its limit" +
             (rule.per == Per::consumer ? " for this consumer" : "");
    case Skipped::Why::probability:
      return "it was not drawn: its probability is " + nlohmann::json(rule.probability).dump();
    case Skipped::Why::state:
      break;
  }
  const auto wanted = std::ranges::find(rule.given, skipped.name, &NamedState::name);
  const auto words = [](const std::optional<std::string>& v) {
    return v ? shown(nlohmann::json(*v)) : std::string("not set");
  };
  return "state " + shown(nlohmann::json(skipped.name)) + ": expected " + words(wanted->value) + ", was " +
         words(skipped.seen);
}

}  // namespace

RuleReasons why_not(const RuleBook& book, const RequestView& request, Phase phase, const Verdict& verdict,
                    std::size_t limit) {
  RuleReasons reasons;
  const auto end = verdict.rule ? verdict.index : book.size();
  auto skipped = verdict.skipped.begin();
  for (std::size_t i = 0; i < end; ++i) {
    const Rule& rule = book.at(i);
    if (rule.phase != phase) continue;
    if (skipped != verdict.skipped.end() && skipped->index == i) {
      reasons.rules.push_back({rule.label, reason_of(rule, *skipped)});
      ++skipped;
    } else if (reasons.rules.size() < limit) {
      reasons.rules.push_back({rule.label, rule.when.why_not(request).value_or("it holds")});
    } else {
      ++reasons.omitted;
    }
  }
  return reasons;
}

}  // namespace vault_mock::rules
