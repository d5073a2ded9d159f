// A request that has passed the contract's check: the argument of every operation's handler.
//
// It can only be made with the ContractPass of check_contract(). So wherever a handler runs, the operation is
// known, its required parameters and body are there, and the body is valid by its schema. A rule that answers
// before the check cannot reach a handler. Lives within one call of Engine::answer(). Internal to engine/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/call.hpp"
#include "text/url.hpp"

namespace vault_mock::engine {

class CheckedRequest {
 public:
  // `pass` is that of the call.
  CheckedRequest(Call& call, const ContractPass& pass) : call_(call), operation_(pass.operation()) {}
  CheckedRequest(const CheckedRequest&) = delete;
  CheckedRequest& operator=(const CheckedRequest&) = delete;

  const contract::Operation& operation() const { return operation_; }
  // The posted object, as the operation's schema describes it; an empty one when none was posted, or when the
  // operation describes no body.
  const nlohmann::json& body() const;
  // What stands in the path for "{name}"; empty: the operation has none of that name.
  std::string_view path_parameter(std::string_view name) const { return call_.path_parameter(name); }
  // The decoded value of a query parameter (the first of that name), or nothing.
  std::optional<std::string> query(std::string_view name) const {
    return text::query_value(call_.request.query, name);
  }
  // The parameter `name` of style deepObject, as the operation describes it; an empty object: there is none.
  nlohmann::json query_object(std::string_view name) const;
  // The title of an operation of the contract: "Create Session"; empty: there is none of that id.
  std::string_view title_of(std::string_view operation_id) const;
  // Asks what GET would answer, and changes nothing (RFC 9110, 9.3.2), whatever GET does here.
  bool is_head() const { return call_.request.method == "HEAD"; }
  std::string_view path() const { return call_.request.path; }
  std::string_view raw_query() const { return call_.request.query; }  // as sent
  std::string_view base_url() const { return call_.request.base_url; }
  const std::string& consumer_id() const { return call_.outcome.trace.consumer_id; }
  const std::string& application_id() const { return call_.outcome.trace.app_id; }
  const std::string& request_id() const { return call_.outcome.trace.request_id; }

  const vault::Catalogue& connectors() const { return call_.settings.connectors(); }
  spaces::Space& space() const { return call_.space; }
  vault::Millis now() const { return call_.now; }
  const rules::Dice& dice() const { return call_.dice; }

  // A claim of the session token that the request came with; null: there is none.
  nlohmann::json claim(std::string_view name) const;
  // What the `state` in the query says, verified; null: there is none, or it is not one of the space's.
  const nlohmann::json& state_claims() const { return call_.state_claims; }
  // For the log and the trace: what the client most likely wants to know, and the answer does not say.
  void advise(std::string place, std::string text) const { call_.advise(std::move(place), std::move(text)); }

  // The answer of a success: `data`, JSON text, in the vendor's envelope.
  Response success(std::string_view data) const { return engine::success(status(), data); }
  // A page in this state, for render().
  PageModel new_page(PageModel::Page page, std::string_view state) const {
    return engine::new_page(call_, page, state);
  }
  Response render(int status, const PageModel& page) const { return engine::render(call_, status, page); }
  bool asks_for_page() const { return call_.asks_for_page(); }
  // The contract's, unless the request prefers another.
  int status() const { return call_.success_status.value_or(operation_.success_status); }

 private:
  friend Response create_session(
      const CheckedRequest& request);  // mints from what a rule may ask for unchecked, too

  Call& call_;
  const contract::Operation& operation_;
};

}  // namespace vault_mock::engine
