#include "engine/engine.hpp"

#include <iterator>
#include <new>

#include "engine/call.hpp"
#include "engine/hints.hpp"
#include "engine/steps/steps.hpp"
#include "text/work.hpp"

namespace vault_mock::engine {
namespace {

struct StepFunction {
  Step step;
  StepResult (*run)(Call&);
};

// The way of a request. The first step with an answer decides.
constexpr StepFunction kSteps[] = {
    {Step::preflight, answer_preflight},     // OPTIONS, for browsers
    {Step::operation, find_operation},       // method and path, looked up in the contract
    {Step::early_rules, apply_early_rules},  // rules that must win over the checks
    {Step::authentication, authenticate},    // API key, or session token where the operation takes one
    {Step::contract, check_contract},        // headers, query and body: every violation
    {Step::advice, advise},                  // accepted, yet suspicious
    {Step::rules, apply_rules},              // the first rule that matches
    {Step::consumer_id, answer_magic_id},    // error-418 and the like
    {Step::prefer, apply_preferences},       // code=… and wait=… asked for by the request itself
    {Step::act, act},                        // the operation; for an unknown one: 404 or 405
};
static_assert(std::size(kSteps) == kStepCount);

// What patterns and schemas of rules may cost one request: about a second. Beyond, they do not match, and the
// trace says so.
constexpr std::uint64_t kWorkOfRules = 1'000'000'000;

// On every answer (observed: the request id, and the vendor's open CORS).
void add_common_headers(Response& response, const Settings& settings, const std::string& request_id) {
  auto& headers = response.headers;
  headers.emplace_back("x-apideck-request-id", request_id);
  headers.emplace_back("access-control-allow-origin", "*");
  headers.emplace_back("access-control-allow-credentials", "true");
  headers.emplace_back("access-control-expose-headers",
                       settings.mock_headers
                           ? "x-apideck-request-id, x-mock-rule, x-mock-hint, x-mock-trace, "
                             "preference-applied, retry-after"
                           : "x-apideck-request-id, preference-applied, retry-after");
}

// What the real service does not send: which rule decided, what was likely meant, and where the answer is
// explained.
void add_mock_headers(Response& response, const ApiRequest& request, const Trace& trace) {
  auto& headers = response.headers;
  if (!trace.rule.empty()) headers.emplace_back("x-mock-rule", trace.rule);
  if (!trace.hint.empty()) headers.emplace_back("x-mock-hint", trace.hint);
  if (!request.is_kept) return;
  constexpr std::string_view kRequests = "/_mock/requests/";
  auto& url = headers.emplace_back("x-mock-trace", "").second;
  url.reserve(request.base_url.size() + kRequests.size() + trace.request_id.size());
  url.append(request.base_url).append(kRequests).append(trace.request_id);
}

bool is_own_verdict(Step step) {
  return step == Step::authentication || step == Step::contract || step == Step::advice || step == Step::act;
}

// Half a document, complete by its content-length: what a proxy that dies in the middle leaves behind.
void break_json(std::string& body) {
  body.resize(body.size() / 2);
  if (body.empty() || nlohmann::json::accept(body)) body += "{";  // half of "12" is JSON
}

// An exception is a bug of ours. The answer says so, and is journalled like any other.
Response take_steps(Call& call) {
  auto& decided_at = call.outcome.trace.decided_at;
  const auto fault = [&](const std::string& what) {
    call.outcome.trace.has_failed = true;
    return failure(500, what + ". Please report this");
  };
  try {
    for (const auto& [step, run] : kSteps) {
      decided_at = step;
      if (auto response = run(call)) return std::move(*response);
    }
    return fault("No step of the mock had an answer");
  } catch (const std::bad_alloc&) {
    throw;  // an answer would take memory, too; the HTTP server has one that takes none
  } catch (const spaces::StoreAwayError& error) {
    call.outcome.trace.is_refused_without_store = true;
    return failure(503, std::string("The store that the replicas of this mock share is away: ") +
                            error.what() + ". GET /_mock/health says when it is back");
  } catch (const std::exception& error) {
    return fault(std::string("The mock failed: ") + error.what());
  } catch (...) {
    return fault("The mock failed, with an exception of unknown type");
  }
}

}  // namespace

Outcome Engine::answer(const ApiRequest& request, spaces::Space& space,
                       std::chrono::sys_time<std::chrono::milliseconds> now, const rules::Dice& dice) const {
  const text::WorkBudget budget(kWorkOfRules);
  Call call{.contract = contract_,
            .settings = settings_,
            .request = request,
            .space = space,
            .rules = space.rules(),
            .now = now,
            .dice = dice};
  auto& trace = call.outcome.trace;
  trace.request_id = rules::throw_uuid(dice);
  trace.space = space.name();
  trace.rules = call.rules;
  trace.book = call.rules->fingerprint();
  trace.sent_method = request.sent_method;
  trace.consumer_id = call.header("x-apideck-consumer-id");
  trace.app_id = call.header("x-apideck-app-id");

  read_credential(call);

  call.outcome.response = take_steps(call);
  if (trace.has_failed || trace.is_refused_without_store || is_own_verdict(trace.decided_at))
    trace.why = std::move(call.outcome.response.reason);
  if (is_own_verdict(trace.decided_at) && trace.hint.empty()) trace.hint = hint_of(call);
  add_common_headers(call.outcome.response, settings_, trace.request_id);
  if (settings_.mock_headers) add_mock_headers(call.outcome.response, request, trace);
  if (!request.is_current || trace.is_without_store || trace.is_refused_without_store)
    call.rule_headers.emplace_back(kStoreHeader, "away");
  set_headers(call.outcome.response, call.rule_headers);
  trace.delay = call.outcome.delay;
  trace.fault = call.outcome.fault;
  if (std::holds_alternative<rules::Malformed>(call.outcome.fault)) break_json(call.outcome.response.body);
  return std::move(call.outcome);
}

Response Engine::refusal(int status, std::string detail, const rules::Dice& dice) const {
  auto response = failure(status, std::move(detail));
  add_common_headers(response, settings_, rules::throw_uuid(dice));
  return response;
}

}  // namespace vault_mock::engine
