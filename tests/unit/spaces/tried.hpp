// A space of a test, with a ledger of its own: rules are added to it as text, and asked for their answers.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "rules/language/rule_file.hpp"
#include "spaces/space.hpp"

namespace vault_mock::spaces {

// What spaces of tests start with: no rules.
inline SpaceDefaults tried_defaults(std::shared_ptr<Ledger> ledger = nullptr) {
  return {.rules = std::make_shared<rules::RuleBook>(),
          .secret = "secret",
          .seed = 1,
          .clock = {},
          .journal = {},
          .ledger = std::move(ledger)};
}

struct Tried {
  explicit Tried(MemoryLimits limits = {})
      : ledger(std::make_shared<Ledger>(limits)), space("tried", tried_defaults(ledger)) {}

  RuleChangeResult add(std::string_view text, std::string id = "") {
    if (id.empty()) id = space.new_rule_id();
    return space.add_rule({id, rules::rule_from_text(text, "rule-" + id, {})->rule});
  }

  // The status that the rules answer with; 0: none matches.
  int answer(std::string_view consumer = "acme") {
    const auto book = space.rules();
    rules::RequestView request{};
    request.consumer_id = consumer;
    const auto decision = space.decide(*book, request, rules::Phase::after_validation, [] { return 0.5; });
    if (decision.rule == nullptr) return 0;
    return std::get<int>(std::get<rules::ErrorAnswer<std::string>>(decision.answer.content).error);
  }

  std::shared_ptr<Ledger> ledger;
  Space space;
};

inline vault::Session session_of(std::string token) {
  return {.token = std::move(token),
          .consumer_id = "c",
          .application_id = "a",
          .issued_at = {},
          .expires_at = {}};
}

}  // namespace vault_mock::spaces
