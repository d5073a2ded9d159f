// The contract's checks.
#include <algorithm>

#include "engine/steps/content_type.hpp"
#include "engine/steps/steps.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;
using contract::Violation;

// The body is not JSON: read it again for the words and the place.
Violation broken_body(const Call& call) {
  const auto error = text::read_json(call.request.body).error();
  const auto place = text::place_of(call.request.body, error.offset);
  Violation violation{
      .in = Violation::In::body, .place = "", .reason = "request body is not valid JSON: ", .suggestion = ""};
  if (error.kind == text::JsonError::Kind::too_deep) violation.reason = "request body is ";
  violation.reason += error.message + " (line " + std::to_string(place.line) + ", column " +
                      std::to_string(place.column) + ")";
  if (const auto type = call.header("content-type"); !type.empty() && !is_json_type(type))
    violation.suggestion =
        "Send JSON with 'content-type: application/json'; this came as '" + std::string(type) + "'";
  return violation;
}

contract::Violations check_body(const Call& call, const contract::Operation& operation) {
  if (const auto* error = call.request.coding_error; error != nullptr && operation.body)
    return {{Violation::In::body, "", error->reason, error->suggestion}};
  if (call.body.is_blank()) {
    if (operation.body && operation.body_required)
      return {{Violation::In::body, "", "request body is missing", ""}};
    return {};
  }
  if (!operation.body) return {};  // a body where none is taken is ignored
  if (!call.body.is_json()) return {broken_body(call)};
  if (call.screening == contract::Screening::clean) return {};
  return operation.body->violations(*call.json(), "request body");
}

// The answer to a request of which the body alone, or with it the query, violates the contract. What the real
// service does with a body whose content-encoding it cannot undo is unknown; its contract does not have 413
// and 415 (RFC 9110, 15.5.14 and 15.5.16).
Response bad_request(const Call& call, std::string detail) {
  const auto* error = call.operation()->body ? call.request.coding_error : nullptr;
  if (error == nullptr || error->status == 400)
    return failure(ErrorType::request_validation, std::move(detail));
  auto response = failure(error->status, std::move(detail));
  if (error->status == 415) response.headers.emplace_back("accept-encoding", text::kKnownCodings);
  return response;
}

bool knows_app(const Call& call) {
  const auto& known = call.settings.app_ids;
  return known.empty() || std::ranges::find(known, call.outcome.trace.app_id) != known.end();
}

}  // namespace

StepResult check_contract(Call& call) {
  const auto* operation = call.operation();
  if (operation == nullptr) return call.skip_step();
  auto& violations = call.outcome.trace.violations;
  if (operation->body) call.screening = operation->body->screen(call.body.fast());

  violations = contract::check_parameters(*operation, call.request.headers, call.request.query);
  // A session token says who asks.
  if (!call.claims.is_null())
    std::erase_if(violations, [](const Violation& violation) {
      return violation.in == Violation::In::header &&
             (violation.place == "x-apideck-consumer-id" || violation.place == "x-apideck-app-id");
    });
  const bool header_violated =
      std::ranges::any_of(violations, [](const auto& v) { return v.in == Violation::In::header; });
  std::ranges::move(check_body(call, *operation), std::back_inserter(violations));
  if (!violations.empty() && operation->has_error_page && call.asks_for_page()) {
    auto page = new_page(call, PageModel::Page::provider, "incomplete");
    page.message = contract::to_detail(violations);
    auto response = render(call, contract::row_of(ErrorType::request_validation).status, page);
    response.reason = page.message;
    return response;
  }
  if (!violations.empty()) {
    auto detail = contract::to_detail(violations);
    return header_violated ? failure(ErrorType::request_headers_validation, std::move(detail))
                           : bad_request(call, std::move(detail));
  }

  // Unknown at the real service, 401 or 404: the mock takes 404, which the operation declares. What asks for
  // no credentials, as a link that a browser follows, names no application either.
  if (!operation->credentials.empty() && !knows_app(call))
    return not_found("Unknown Application",
                     "Could not find application with id: '" + call.outcome.trace.app_id + "'");
  call.contract_pass = ContractPass(*operation);
  return std::nullopt;
}

}  // namespace vault_mock::engine
