// The operation itself, once nothing stands against it.
#include "engine/operations.hpp"
#include "engine/steps.hpp"

namespace vault_mock::engine {

Answer act(Call& call) {
  if (const auto* refused = std::get_if<contract::MethodNotAllowed>(&call.lookup)) {
    auto response =
        failure(contract::ErrorType::method_not_allowed,
                std::string(call.request.method) + " is not allowed here, these are: " + refused->allow);
    response.headers.emplace_back("allow", refused->allow);
    return response;
  }
  const auto* operation = call.operation();
  if (operation == nullptr) {
    auto body = contract::error_body(
        contract::row_of(contract::ErrorType::entity_not_found),
        "Could not find route: " + std::string(call.request.method) + " " + std::string(call.request.path));
    body["message"] = "Unknown Route";
    return json_response(404, text::dump(body));
  }
  if (const auto handler = find_handler(operation->id)) return handler(call);
  return json_response(operation->success_status,
                       operation->example.is_null() ? "" : text::dump(operation->example));
}

}  // namespace vault_mock::engine
