// One request on its way through the engine: what it is, and what each step has found out for those after it.
//
// Engine::answer() makes one for each request and passes it from step to step (steps/steps.hpp). Nothing in
// it outlives that: it refers to what the caller of answer() holds. One thread at a time. Internal to
// engine/.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.hpp"
#include "engine/api_request.hpp"
#include "engine/outcome.hpp"
#include "engine/page_model.hpp"
#include "engine/responses.hpp"
#include "engine/settings.hpp"
#include "rules/answering/dice.hpp"
#include "spaces/space.hpp"
#include "text/json/request_body.hpp"

namespace vault_mock::engine {

struct Call;

// What a step returns: the answer, or nothing, and the request goes on to the next step.
using StepResult = std::optional<Response>;
StepResult check_contract(Call& call);

// Shows that a call has passed the contract's check. Only that step makes one; CheckedRequest asks for it.
class ContractPass {
 public:
  const contract::Operation& operation() const { return *operation_; }

 private:
  friend StepResult check_contract(Call& call);
  explicit ContractPass(const contract::Operation& operation) : operation_(&operation) {}

  const contract::Operation* operation_;
};

struct Call {
  // Given to every step, and the same for all of them.
  const contract::Contract& contract;
  const Settings& settings;
  const ApiRequest& request;
  spaces::Space& space;
  const std::shared_ptr<const rules::RuleBook> rules;    // one snapshot for the whole request
  std::chrono::sys_time<std::chrono::milliseconds> now;  // by the space's clock
  const rules::Dice& dice;

  // Set by read_credential(), before the first step.
  std::string_view credential = {};  // API key or session token, without "Bearer "; empty: none

  // Set by find_operation().
  contract::Lookup lookup = contract::UnknownPath{};
  text::RequestBody body = {};

  // Set by find_operation(), for the OAuth flow: what the `state` in the query says, once its signature is
  // found to be the space's; else null.
  nlohmann::json state_claims = {};

  nlohmann::json claims = {};  // set by authenticate(): of the session token that was accepted, else null

  // Set by check_contract().
  contract::Screening screening = contract::Screening::unsure;  // of the body, by the contract's pre-check
  std::optional<ContractPass> contract_pass = {};               // nothing: the contract is broken

  // Set by apply_preferences(): the status of a success, in place of the operation's own.
  std::optional<int> success_status = {};

  // Set by the rule or preference that decides: headers of the answer to come.
  std::vector<text::Header> rule_headers = {};

  // What answer() returns. Its trace is written by every step.
  Outcome outcome = {};

  // Null when no operation has this method and path.
  const contract::Operation* operation() const;
  // The body as a tree of values, made when first asked for; null: there is none, or it is not JSON.
  const nlohmann::json* json() const { return body.value(); }
  // What stands in the path for "{name}"; empty: the operation has none of that name.
  std::string_view path_parameter(std::string_view name) const;
  // The value of the first header of that name; empty: there is none.
  std::string_view header(std::string_view name) const {
    return text::find_header(request.headers, name).value_or("");
  }
  // The step at hand has nothing to look at in this request.
  StepResult skip_step() {
    outcome.trace.skipped.set(static_cast<std::size_t>(outcome.trace.decided_at));
    return std::nullopt;
  }
  // Whether a browser asks for a page, and not a program for JSON.
  bool asks_for_page() const;
  void advise(std::string place, std::string text) {
    outcome.trace.advice.push_back({std::move(place), std::move(text)});
  }
};

// A page in this state, for render().
PageModel new_page(const Call& call, PageModel::Page page, std::string_view state);
Response render(const Call& call, int status, const PageModel& page);

// Sets the credential and its kind from the Authorization header; judges nothing.
void read_credential(Call& call);

}  // namespace vault_mock::engine
