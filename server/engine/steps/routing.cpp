// Preflight, and the operation that a request names.
#include <algorithm>

#include "engine/steps/steps.hpp"
#include "text/ascii.hpp"
#include "text/url.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

// Observed: @apideck/vault-js shows the root of this host in a frame.
// Elsewhere the page has a path of its own.
std::string_view path_of(const Call& call) {
  if (call.request.path != "/") return call.request.path;
  const auto host = call.header("host");
  const bool is_vault_js = text::equal_ignoring_case(host.substr(0, host.find(':')), "vaultjs.apideck.com");
  return is_vault_js ? "/_vault-js/" : "/";
}

// A state names its consumer and application, as headers do elsewhere: rules, journal and log go by them.
// Only one that this space signed is believed.
void take_state(Call& call) {
  const auto& parameters = call.operation()->parameters;
  const bool takes_state = std::ranges::any_of(parameters, [](const contract::Parameter& parameter) {
    return parameter.in == contract::Parameter::In::query && parameter.name == "state";
  });
  if (!takes_state) return;
  auto claims =
      vault::verify_jwt(text::query_value(call.request.query, "state").value_or(""), call.space.secret());
  if (!claims) return;
  auto& trace = call.outcome.trace;
  for (const auto& [claim, named] :
       {std::pair("consumer_id", &trace.consumer_id), std::pair("application_id", &trace.app_id)})
    if (const auto found = claims->find(claim); found != claims->end() && found->is_string())
      *named = found->get_ref<const std::string&>();
  call.state_claims = std::move(*claims);
}

}  // namespace

// A browser asks before it sends a JSON body or a header of its own: everything is allowed, as the real
// service does (observed once: allow-origin * with allow-credentials).
StepResult answer_preflight(Call& call) {
  if (call.request.method != "OPTIONS") return call.skip_step();
  Response response{.status = 204, .headers = {}, .body = ""};
  response.headers.emplace_back("access-control-allow-methods",
                                "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  if (const auto asked = call.header("access-control-request-headers"); !asked.empty())
    response.headers.emplace_back("access-control-allow-headers", asked);
  response.headers.emplace_back("access-control-max-age", "600");
  const auto lookup = call.contract.find("OPTIONS", call.request.path);
  if (const auto* known = std::get_if<contract::MethodNotAllowed>(&lookup))
    response.headers.emplace_back("allow", known->allow);
  return response;
}

StepResult find_operation(Call& call) {
  call.lookup = call.contract.find(call.request.method, path_of(call));
  if (const auto* operation = call.operation()) {
    call.outcome.trace.operation = operation->id;
    if (!call.request.query.empty()) take_state(call);
  }
  if (call.request.coding_error == nullptr) call.body.read(call.request.body);  // else it has no value
  return std::nullopt;
}

}  // namespace vault_mock::engine
