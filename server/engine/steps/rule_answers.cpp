// The steps that ask the rules, and what becomes of a rule's rendered.
#include <algorithm>
#include <iterator>

#include "engine/operations/mint_session.hpp"
#include "engine/steps/steps.hpp"
#include "text/duration.hpp"
#include "text/overloaded.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::engine {
namespace {

Response error_of(const rules::ErrorAnswer<std::string>& wanted) {
  const contract::ErrorRow* row = nullptr;
  int status = 0;
  if (const auto* type_name = std::get_if<std::string>(&wanted.error))
    row = contract::find_error(*type_name);
  else
    row = contract::find_error(status = std::get<int>(wanted.error));
  if (row != nullptr && status == 0) status = row->status;
  const auto detail = wanted.detail ? nlohmann::json::parse(*wanted.detail)
                      : row         ? contract::example_detail(*row)
                                    : nlohmann::json("Asked for by a rule");
  auto body = row ? contract::error_body(*row, detail) : contract::error_body(status, detail);
  if (wanted.status) {
    status = *wanted.status;
    body["status_code"] = status;
    body["error"] = text::reason_phrase(status);
  }
  if (wanted.type_name) {
    body["type_name"] = *wanted.type_name;
    body["ref"] = contract::error_ref(*wanted.type_name);
  }
  if (wanted.message) body["message"] = *wanted.message;
  if (wanted.ref) body["ref"] = *wanted.ref;
  return json_response(status, text::dump(body));
}

Response plain_of(const rules::PlainAnswer<std::string>& wanted) {
  Response response{.status = wanted.status, .headers = {}, .body = wanted.body.value_or("")};
  if (!wanted.content_type.empty()) response.headers.emplace_back("content-type", wanted.content_type);
  return response;
}

// "rule defaults.json#slow adds a delay of 2s", or empty.
std::string additions(const rules::Rule& rule, const rules::RenderedAnswer& rendered) {
  std::string what;
  const auto add = [&](const std::string& one) { what += (what.empty() ? "" : " and ") + one; };
  if (rendered.delay.count() > 0) add("a delay of " + text::format_duration(rendered.delay));
  if (!std::holds_alternative<std::monostate>(rendered.fault)) add("a fault");
  if (!rendered.headers.empty()) add("headers");
  return what.empty() ? "" : "rule " + rule.label + " adds " + what;
}

StepResult apply(Call& call, rules::Phase phase) {
  auto& trace = call.outcome.trace;
  const rules::RequestView view{
      .operation = trace.operation,
      .method = call.request.method,
      .path = call.request.path,
      .consumer_id = trace.consumer_id,
      .app_id = trace.app_id,
      .api_key = call.credential,
      .headers = call.request.headers,
      .query = call.request.query,
      .body = call.body,
      .space = trace.space,
      .now = call.now,
      .request_id = trace.request_id,
  };
  auto decision = call.space.decide(*call.rules, view, phase, call.dice);
  if (decision.is_by_own_count) trace.is_without_store = true;
  auto rendered = std::move(decision.answer);
  const auto* rule = decision.rule;
  auto& result = phase == rules::Phase::before_validation ? trace.early : trace.late;
  result.asked = true;
  result.verdict = rules::recorded(std::move(decision), *call.rules);
  if (rule == nullptr) return std::nullopt;
  trace.rule = rule->label;
  if (const auto* error = call.request.coding_error)
    call.advise("content-encoding", error->reason + ": rules see no body. " + error->suggestion);
  // What an early rule that passed has asked for stays: delays add up, the later fault wins, and so do
  // headers.
  call.outcome.delay += rendered.delay;
  if (!std::holds_alternative<std::monostate>(rendered.fault)) call.outcome.fault = rendered.fault;
  auto answer = std::visit(
      text::Overloaded{
          [](const rules::Pass&) -> StepResult { return std::nullopt; },
          [](const rules::ErrorAnswer<std::string>& error) -> StepResult { return error_of(error); },
          [](const rules::PlainAnswer<std::string>& plain) -> StepResult { return plain_of(plain); },
          [&](const rules::SessionAnswer<std::string>& session) -> StepResult {
            if (trace.operation != kSessionsCreate) return std::nullopt;
            return mint_session(call, session);
          },
      },
      rendered.content);
  if (!answer)
    if (auto words = additions(*rule, rendered); !words.empty())
      trace.rule_adds += (trace.rule_adds.empty() ? "" : "; ") + words;
  std::erase_if(call.rule_headers, [&](const text::Header& earlier) {
    return std::ranges::find(rendered.headers, earlier.first, &text::Header::first) != rendered.headers.end();
  });
  std::ranges::move(rendered.headers, std::back_inserter(call.rule_headers));
  return answer;
}

}  // namespace

StepResult apply_early_rules(Call& call) { return apply(call, rules::Phase::before_validation); }

StepResult apply_rules(Call& call) { return apply(call, rules::Phase::after_validation); }

}  // namespace vault_mock::engine
