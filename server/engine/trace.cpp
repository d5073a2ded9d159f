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

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::operation:
      return "operation";
    case Kind::rule:
      return "rule";
    case Kind::prefer:
      return "prefer";
    case Kind::magic:
      return "magic";
    case Kind::contract:
      return "contract";
    case Kind::authentication:
      return "authentication";
    case Kind::advice:
      return "advice";
    case Kind::routing:
      return "routing";
    case Kind::preflight:
      return "preflight";
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
  if (is_refused_without_store) return "store";
  auto words = std::string(to_string(decided_at));
  if (decided_at == Step::early_rules || decided_at == Step::rules)
    words = "rule " + rule;
  else if (decided_at == Step::act)
    words = operation.empty() ? "routing" : operation;
  return rule_adds.empty() ? words : words + "; " + rule_adds;
}

Kind Trace::kind() const {
  switch (decided_at) {
    case Step::preflight:
      return Kind::preflight;
    case Step::early_rules:
    case Step::rules:
      return Kind::rule;
    case Step::authentication:
      return Kind::authentication;
    case Step::contract:
      return Kind::contract;
    case Step::advice:
      return Kind::advice;
    case Step::consumer_id:
      return Kind::magic;
    case Step::prefer:
      return Kind::prefer;
    case Step::operation:
    case Step::act:
      break;
  }
  return operation.empty() ? Kind::routing : Kind::operation;
}

}  // namespace vault_mock::engine
