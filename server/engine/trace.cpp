#include "engine/trace.hpp"

namespace vault_mock::engine {

std::string_view to_string(Step step) {
  switch (step) {
    case Step::preflight:
      return "preflight";
    case Step::operation:
      return "operation";
    case Step::early_rules:
      return "early rules";
    case Step::authentication:
      return "authentication";
    case Step::contract:
      return "contract";
    case Step::advice:
      return "advice";
    case Step::rules:
      return "rules";
    case Step::consumer_id:
      return "consumer id";
    case Step::prefer:
      return "prefer";
    case Step::act:
      return "act";
  }
  return "";
}

std::string_view to_string(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::none:
      return "none";
    case CredentialKind::api_key:
      return "API key";
    case CredentialKind::raw_api_key:
      return "API key without 'Bearer '";
    case CredentialKind::session_token:
      return "session token";
  }
  return "";
}

std::string Trace::decided_by() const {
  // A rule that passed did not decide what a later step then did.
  auto words = std::string(to_string(decided_at));
  if (decided_at == Step::early_rules || decided_at == Step::rules)
    words = "rule " + rule;
  else if (decided_at == Step::act)
    words = operation.empty() ? "routing" : operation;
  return rule_adds.empty() ? words : words + "; " + rule_adds;
}

}  // namespace vault_mock::engine
