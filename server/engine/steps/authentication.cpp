// Who is calling: an API key, or a session token where the operation takes one.
#include <algorithm>

#include "engine/steps/steps.hpp"
#include "text/ascii.hpp"
#include "text/authorization.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

using contract::Credential;
using contract::ErrorType;

bool is_known(const std::vector<std::string>& list, std::string_view value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

// A token names its consumer and application; headers, where they are sent, must agree.
bool take_claims(Call& call, nlohmann::json claims) {
  auto& trace = call.outcome.trace;
  for (const auto& [claim, named] :
       {std::pair("consumer_id", &trace.consumer_id), std::pair("application_id", &trace.app_id)}) {
    const auto found = claims.find(claim);
    if (found == claims.end() || !found->is_string()) return false;
    const auto& value = found->get_ref<const std::string&>();
    if (!named->empty() && *named != value) return false;
    *named = value;
  }
  call.claims = std::move(claims);
  return true;
}

Response refused() { return failure(ErrorType::unauthorized, "Invalid Authorization Token"); }

}  // namespace

void read_credential(Call& call) {
  const auto [scheme, credential] = text::read_authorization(call.header("authorization"));
  call.outcome.trace.credential_kind = credential.empty() ? CredentialKind::none
                                       : scheme.empty()   ? CredentialKind::raw_api_key
                                                          : CredentialKind::api_key;
  call.credential = credential;
  call.outcome.trace.credential = credential;
}

StepResult authenticate(Call& call) {
  const auto* operation = call.operation();
  if (operation == nullptr || operation->credentials.empty()) return call.skip_step();
  auto& kind = call.outcome.trace.credential_kind;
  const auto credential = call.credential;
  if (kind == CredentialKind::none) return failure(ErrorType::unauthorized, "Missing authentication");

  if (operation->takes(Credential::session_token) && vault::looks_like_jwt(credential)) {
    if (call.space.end_of(credential)) return refused();
    auto claims = vault::verify_jwt(credential, call.space.secret());
    if (!claims || !claims->contains("exp") || !claims->at("exp").is_number()) return refused();
    if (claims->at("exp").get<double>() * 1000 <= static_cast<double>(call.now.time_since_epoch().count()))
      return refused();
    if (!take_claims(call, std::move(*claims))) return refused();
    kind = CredentialKind::session_token;
    return std::nullopt;
  }
  // Observed: front ends say so when they send a session token. What is not a token is not taken as an API
  // key then.
  const bool meant_as_token = text::equal_ignoring_case(call.header("x-apideck-auth-type"), "JWT");
  if (!operation->takes(Credential::api_key) || meant_as_token ||
      !is_known(call.settings.api_keys, credential))
    return refused();
  if (credential.starts_with("sk_live_"))
    call.advise("authorization", "the API key looks like a live one: keep those away from tests");
  if (kind == CredentialKind::raw_api_key)
    call.advise("authorization",
                "the API key came without 'Bearer ' in front: send 'Authorization: Bearer <key>'");
  return std::nullopt;
}

}  // namespace vault_mock::engine
