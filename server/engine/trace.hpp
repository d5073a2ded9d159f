// Why an answer is what it is, as facts: the steps write them while they answer. Words are made of them only
// when somebody asks (explanation.hpp).
#pragma once

#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.hpp"
#include "contract/violation.hpp"
#include "rules/answering/answer_template.hpp"
#include "rules/recorded_verdict.hpp"
#include "rules/rule_book.hpp"

namespace vault_mock::engine {

// The steps of a request's way, in their order. Each may decide the answer.
enum class Step {
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
constexpr int kStepCount = static_cast<int>(Step::act) + 1;
std::string_view to_string(Step step);

// What decided an answer, in one word.
enum class Kind {
  operation,  // it did what it was asked for, or said why it could not
  rule,
  prefer,  // the request header Prefer
  magic,   // the consumer id
  contract,
  authentication,
  advice,     // with --strict
  routing,    // there is no such operation
  preflight,  // of a browser
};
constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::preflight) + 1;
std::string_view to_string(Kind kind);

// What the caller showed to prove who it is. raw_api_key: a key without "Bearer " before it.
enum class CredentialKind { none, api_key, raw_api_key, session_token };
std::string_view to_string(CredentialKind kind);

// What became of the rules in one of their two phases.
struct PhaseResult {
  bool asked = false;
  rules::RecordedVerdict verdict;

  friend bool operator==(const PhaseResult&, const PhaseResult&) = default;
};

// What the journal keeps of a trace beyond what its entry says anyway. Values alone: it may leave the program
// (trace_codec.hpp).
struct RecordedTrace {
  std::string space;
  CredentialKind credential_kind = CredentialKind::none;
  Step decided_at = Step::act;
  std::bitset<kStepCount> skipped;  // the steps before that one that had nothing to look at
  std::uint64_t book = 0;           // RuleBook::fingerprint of the rules that were asked
  PhaseResult early, late;
  std::chrono::microseconds delay{0};  // of the answer, asked for by a rule or by Prefer
  rules::Fault fault;                  // how the answer is broken on purpose
  contract::Violations violations;
  std::vector<contract::Advice> advice;
  std::string sent_method;  // "POST", where `_method` in the query meant another; empty: it was sent as meant
  std::string hint;         // what a request that led nowhere most likely meant (hints.hpp); empty: none
};

struct Trace : RecordedTrace {
  std::shared_ptr<const rules::RuleBook> rules;  // the snapshot that was asked
  std::string request_id;
  std::string operation;  // operation id; empty: no operation has this method and path
  std::string consumer_id;
  std::string app_id;
  std::string credential;   // API key or session token, without "Bearer "; to be masked before it is shown
  std::string rule;         // "defaults.json#error-402": the last rule that matched; empty: none did
  bool has_failed = false;  // the mock itself failed, which is a bug
  bool is_without_store = false;  // rules were counted here alone, as the store of the replicas is away
  bool is_refused_without_store = false;  // nothing was done, likewise
  std::string why;        // the detail of a failure that no rule and no preference asked for; empty: none
  std::string rule_adds;  // "rule defaults.json#slow adds a delay of 2s": of rules that let the request pass

  // In a few words, for a log line: "rule defaults.json#error-402", "authentication", "prefer",
  // "sessionsCreate", "routing" when there is no such operation. What passing rules add stands behind it.
  std::string decided_by() const;
  Kind kind() const;
};

}  // namespace vault_mock::engine
