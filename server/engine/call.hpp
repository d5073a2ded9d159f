// One request on its way through the engine: what each step reads and adds. Internal to engine/.
#pragma once

#include <optional>
#include <string_view>

#include "contract/contract.hpp"
#include "contract/error_catalogue.hpp"
#include "engine/outcome.hpp"
#include "engine/request.hpp"
#include "engine/settings.hpp"
#include "rules/answering/dice.hpp"
#include "rules/answering/rendered_answer.hpp"
#include "spaces/space.hpp"
#include "text/json/request_body.hpp"

namespace vault_mock::engine {

struct Call;

// A step's answer; nothing: the request goes on to the next step.
using Answer = std::optional<Response>;
Answer check_contract(Call& call);

// Proof that a call has passed the contract's check. Only that step makes one; CheckedRequest asks for it.
class ContractPass {
 public:
  const contract::Operation& operation() const { return *operation_; }

 private:
  friend Answer check_contract(Call& call);
  explicit ContractPass(const contract::Operation& operation) : operation_(&operation) {}

  const contract::Operation* operation_;
};

struct Call {
  const contract::Contract& contract;
  const Settings& settings;
  const Request& request;
  spaces::Space& space;
  const std::shared_ptr<const rules::RuleBook> rules;    // one snapshot for the whole request
  std::chrono::sys_time<std::chrono::milliseconds> now;  // by the space's clock
  const rules::Dice& dice;

  contract::Lookup lookup = contract::UnknownPath{};
  std::optional<ContractPass> contract_pass = {};  // set by check_contract()
  std::string_view api_key = {};                   // or session token: the credential without "Bearer "
  nlohmann::json claims = {};                      // of the session token that proved the caller, else null
  text::JsonText body = {};                        // of the request
  contract::Impression impression = contract::Impression::look_closer;  // that the body makes on the contract
  std::optional<int> success_status = {};  // asked for in place of the operation's own
  std::vector<std::pair<std::string, std::string>> rule_headers =
      {};  // of the rule or preference that decided, for the answer to come
  Outcome outcome = {};

  // Null when no operation has this method and path.
  const contract::Operation* operation() const;
  // The body as a tree of values; null: there is none, or it is no JSON. Made when first asked for.
  const nlohmann::json* json() const { return body.value(); }
  std::string_view header(std::string_view name) const {
    return contract::find_header(request.headers, name).value_or("");
  }
  void advise(std::string place, std::string text) {
    outcome.trace.advice.push_back({std::move(place), std::move(text)});
  }
};

// Sets proof and credential from the Authorization header; judges nothing.
void read_credential(Call& call);

// In place of the answer's own headers of these names.
void set_headers(Response& response, const std::vector<std::pair<std::string, std::string>>& headers);

// The only makers of answers.
Response json_response(int status, std::string body);
Response success(int status, std::string_view data);
// The same in two steps, for data that is written where it is sent: begin_success() returns the text that
// stands before the data, with room for `data_bytes` more; what is appended to it must be one JSON value.
std::string begin_success(int status, std::size_t data_bytes);
Response end_success(int status, std::string body);
Response failure(contract::ErrorType type, nlohmann::json detail);
Response failure(int status, nlohmann::json detail);

}  // namespace vault_mock::engine
