// Why an answer is what it is: kept as facts while answering, put into words only when somebody asks.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema/schema.hpp"
#include "contract/violation.hpp"
#include "rules/decide.hpp"
#include "spaces/journal.hpp"

namespace vault_mock::engine {

// The steps of a request's way, in their order. Each may decide the answer.
enum class Stage {
  preflight,
  operation,
  early_rules,
  authentication,
  contract,
  advice,
  rules,
  consumer_id,
  prefer,
  act
};
std::string_view to_string(Stage stage);

// What the caller showed to prove who it is.
enum class Proof { none, api_key, raw_api_key, session_token };

// What became of the rules in one of their two phases.
struct Ruling {
  bool asked = false;
  rules::Verdict verdict;
};

// What is to be told of an answer beyond what its journal entry says.
struct Reasons {
  std::string space;
  Proof proof = Proof::none;
  Stage decided_at = Stage::act;
  std::shared_ptr<const rules::RuleBook> rules;  // the snapshot that was asked
  Ruling early, late;
  std::chrono::microseconds delay{0};  // of the answer, asked for by a rule or by Prefer
  rules::Fault fault;                  // how the answer is broken on purpose
  contract::Violations violations;
  std::vector<contract::Advice> advice;
};

struct Trace : Reasons {
  std::string request_id;
  std::string operation;  // operation id; empty: no operation has this method and path
  std::string consumer_id;
  std::string app_id;
  std::string api_key;  // or session token, as it came without "Bearer "; to be masked before it is shown
  std::string rule;     // "defaults.json#error-402": the rule that decided; empty: none did

  // In a few words, for a log line: "rule defaults.json#error-402", "authentication", "prefer",
  // "sessionsCreate", "routing" when there is no such operation.
  std::string decided_by() const;
};

// What rules see of a request; `body` null: none, or no JSON. Views into the entry.
rules::RequestView request_view_of(const spaces::Entry& entry, const nlohmann::json* body);

// The reasons as the journal keeps them. Words are made when asked for: which rule decided, and for each rule
// before it, why not.
class TraceExplanation final : public spaces::Explanation {
 public:
  explicit TraceExplanation(Reasons reasons);
  nlohmann::ordered_json to_json(const spaces::Entry& entry) const override;
  std::size_t bytes() const override;

 private:
  // Not kept: thousands of entries would keep thousands of old books. The space keeps the last ones.
  const std::weak_ptr<const rules::RuleBook> rules_;
  const Reasons reasons_;  // without the book; its rulings point into it
};

}  // namespace vault_mock::engine
