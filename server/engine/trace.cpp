#include "engine/trace.hpp"

#include <array>

namespace vault_mock::engine {
namespace {

constexpr std::array kStages = {Stage::preflight,      Stage::operation, Stage::early_rules,
                                Stage::authentication, Stage::contract,  Stage::advice,
                                Stage::rules,          Stage::prefer,    Stage::act};

std::string_view to_string(Proof proof) {
  switch (proof) {
    case Proof::none:
      return "none";
    case Proof::api_key:
      return "API key";
    case Proof::raw_api_key:
      return "API key without 'Bearer '";
    case Proof::session_token:
      return "session token";
  }
  return "";
}

std::string_view to_string(contract::Violation::In in) {
  switch (in) {
    case contract::Violation::In::header:
      return "header";
    case contract::Violation::In::query:
      return "query";
    case contract::Violation::In::body:
      return "body";
  }
  return "";
}

}  // namespace

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::preflight:
      return "preflight";
    case Stage::operation:
      return "operation";
    case Stage::early_rules:
      return "early rules";
    case Stage::authentication:
      return "authentication";
    case Stage::contract:
      return "contract";
    case Stage::advice:
      return "advice";
    case Stage::rules:
      return "rules";
    case Stage::prefer:
      return "prefer";
    case Stage::act:
      return "act";
  }
  return "";
}

std::string Trace::decided_by() const {
  if (!rule.empty()) return "rule " + rule;
  if (decided_at == Stage::act && !operation.empty()) return operation;
  return std::string(to_string(decided_at));
}

nlohmann::ordered_json to_json(const Trace& trace) {
  nlohmann::ordered_json result = {
      {"space", trace.space},
      {"operation",
       trace.operation.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(trace.operation)},
      {"credential", to_string(trace.proof)},
      {"decided_by", trace.decided_by()}};
  result["steps"] = nlohmann::ordered_json::array();
  for (const auto stage : kStages) {
    const bool decided = stage == trace.decided_at;
    result["steps"].push_back(
        {{"step", to_string(stage)}, {"result", decided ? "decided the answer" : "passed"}});
    if (decided) break;
  }
  result["violations"] = nlohmann::ordered_json::array();
  for (const auto& violation : trace.violations)
    result["violations"].push_back({{"in", to_string(violation.in)},
                                    {"place", violation.place},
                                    {"reason", violation.reason},
                                    {"suggestion", violation.suggestion}});
  result["advice"] = nlohmann::ordered_json::array();
  for (const auto& advice : trace.advice)
    result["advice"].push_back({{"place", advice.place}, {"text", advice.text}});
  return result;
}

}  // namespace vault_mock::engine
