// Why an answer is what it is: kept as facts while answering, put into words only when somebody asks.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.hpp"
#include "contract/violation.hpp"

namespace vault_mock::engine {

// The steps of a request's way, in their order. Each may decide the answer.
enum class Stage { preflight, operation, early_rules, authentication, contract, advice, rules, prefer, act };
std::string_view to_string(Stage stage);

// What the caller showed to prove who it is.
enum class Proof { none, api_key, raw_api_key, session_token };

struct Trace {
  std::string request_id;
  std::string space;
  std::string operation;  // operation id; empty: no operation has this method and path
  std::string consumer_id;
  std::string app_id;
  Proof proof = Proof::none;
  Stage decided_at = Stage::act;
  std::string rule;  // "defaults.json#error-402": the rule that decided; empty: none did
  contract::Violations violations;
  std::vector<contract::Advice> advice;

  // In a few words, for a log line: "rule defaults.json#error-402", "authentication", "prefer", "session".
  std::string decided_by() const;
};

nlohmann::ordered_json to_json(const Trace& trace);

}  // namespace vault_mock::engine
