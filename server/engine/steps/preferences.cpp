// The steps that grant what the request itself asks for, by its consumer id or by the Prefer header.
#include "engine/steps/magic_id.hpp"
#include "engine/steps/prefer.hpp"
#include "engine/steps/steps.hpp"

namespace vault_mock::engine {

namespace {

// The error of that status, as the catalogue has it; `asked_by` for those it does not have.
Response error_asked_for(int status, const std::string& asked_by) {
  const auto* row = contract::find_error(status);
  return failure(status, row ? contract::example_detail(*row) : nlohmann::json("Asked for by " + asked_by));
}

}  // namespace

// A rule that lets the request pass wins.
StepResult answer_magic_id(Call& call) {
  const auto& id = call.outcome.trace.consumer_id;
  if (call.operation() == nullptr || !call.outcome.trace.rule.empty()) return call.skip_step();
  const auto status = magic_status(id);
  return status ? StepResult(error_asked_for(*status, "the consumer id '" + id + "'")) : std::nullopt;
}

StepResult apply_preferences(Call& call) {
  const auto preferences = read_preferences(call.request.headers);
  for (const auto& text : preferences.advice) call.advise("prefer", text);
  if (preferences.wait) call.outcome.delay += *preferences.wait;
  if (!preferences.code) {
    if (preferences.wait) call.rule_headers.emplace_back("preference-applied", preferences.applied());
    return std::nullopt;
  }

  const int code = *preferences.code;
  StepResult response;
  if (code < 300) {
    call.success_status = code;
    response = act(call);
    if (response && response->status < 300) response->status = code;
  } else {
    response = error_asked_for(code, "Prefer: code=" + std::to_string(code));
  }
  const bool bodiless = code == 204 || code == 205 || code == 304;  // by definition (RFC 9110)
  if (response && bodiless) *response = {.status = code, .headers = {}, .body = ""};
  if (response) response->headers.emplace_back("preference-applied", preferences.applied());
  return response;
}

}  // namespace vault_mock::engine
