// Who is calling: an API key, or a session token where the operation takes one.
#include <algorithm>
#include <chrono>

#include "engine/steps/steps.hpp"
#include "text/ascii.hpp"
#include "text/authorization.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"
#include "vault/sessions.hpp"

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

// The vendor's words are the same for all reasons; the trace has the one that it is.
Response refused(Call& call, std::string reason = {}) {
  call.outcome.trace.hint = std::move(reason);
  return failure(ErrorType::unauthorized, "Invalid Authorization Token");
}

std::string words_for(vault::SessionState end) {
  return end == vault::SessionState::revoked ? "the session was revoked"
                                             : "the session was made to expire before its time";
}

// `until`: the claim `exp`, in seconds.
std::string words_for_expired(double until) {
  const std::chrono::milliseconds since_1970(static_cast<std::int64_t>(std::max(0.0, until) * 1000));
  return "the session token expired at " + text::format_timestamp(text::Timestamp(since_1970)) +
         ", by the clock of the space";
}

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
    if (const auto end = call.space.end_of(credential)) return refused(call, words_for(*end));
    auto claims = vault::verify_jwt(credential, call.space.secret());
    if (!claims)
      return refused(call,
                     "the session token was not signed by this space: it is of another space, of a mock with "
                     "another --secret, or was changed");
    const auto until = claims->find("exp");
    if (until == claims->end() || !until->is_number())
      return refused(call, "the session token has no time of expiry, a number in its claim exp");
    const auto seconds = until->get<double>();
    if (seconds * 1000 <= static_cast<double>(call.now.time_since_epoch().count())) {
      take_claims(call, std::move(*claims));  // for the trace, which says whose it was
      return refused(call, words_for_expired(seconds));
    }
    if (!take_claims(call, std::move(*claims)))
      return refused(call, "the session token is of another consumer or application than the headers name");
    kind = CredentialKind::session_token;
    return std::nullopt;
  }
  // Observed: front ends say so when they send a session token. What is not a token is not taken as an API
  // key then.
  const bool meant_as_token = text::equal_ignoring_case(call.header("x-apideck-auth-type"), "JWT");
  if (!operation->takes(Credential::api_key) || meant_as_token ||
      !is_known(call.settings.api_keys, credential))
    return refused(call);
  if (credential.starts_with("sk_live_"))
    call.advise("authorization", "the API key looks like a live one: keep those away from tests");
  if (kind == CredentialKind::raw_api_key)
    call.advise("authorization",
                "the API key came without 'Bearer ' in front: send 'Authorization: Bearer <key>'");
  return std::nullopt;
}

}  // namespace vault_mock::engine
