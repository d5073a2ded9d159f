// The operation itself, once nothing stands against it.
#include "engine/operations/operations.hpp"
#include "engine/steps/steps.hpp"
#include "text/reason_phrase.hpp"
#include "text/shortened.hpp"

namespace vault_mock::engine {
namespace {

// The documented body of the operation's success, under the status that is asked for.
Response example_answer(const CheckedRequest& request) {
  auto example = request.operation().example;
  if (example.is_null()) return json_response(request.status(), "");
  if (example.is_object() && example.contains("status_code")) {
    example["status_code"] = request.status();
    example["status"] = text::reason_phrase(request.status());
  }
  return json_response(request.status(), text::dump(example));
}

// For tools that wait until a URL answers, and for whoever opens the address.
Response introduction(const Call& call) {
  const std::string base(call.request.base_url);
  std::string body;
  text::ObjectWriter(body)
      .string("name", "vault-mock")
      .string("version", VAULT_MOCK_VERSION)
      .string("description", "A local fake of Apideck's Vault API")
      .string("try", "POST " + base + "/vault/sessions")
      .string("errors", base + "/_mock/errors")
      .string("look", base + "/_mock/")
      .string("help", base + "/_mock/admin.json")
      .end();
  return json_response(200, body);
}

}  // namespace

StepResult act(Call& call) {
  if (const auto* refused = std::get_if<contract::MethodNotAllowed>(&call.lookup)) {
    auto words = refused->words(call.request.method);
    if (!call.request.sent_method.empty())
      words.append(". It was sent as ")
          .append(call.request.sent_method)
          .append(", with ?_method= in the query");
    auto response = failure(contract::ErrorType::method_not_allowed, std::move(words));
    response.headers.emplace_back("allow", refused->allow);
    return response;
  }
  if (!call.contract_pass) {
    const auto& [method, path] = std::pair(call.request.method, call.request.path);
    if (path == "/" && (method == "GET" || method == "HEAD")) return introduction(call);
    return not_found("Unknown Route",
                     "Could not find route: " + text::shortened(method) + " " + text::shortened(path));
  }
  const CheckedRequest request(call, *call.contract_pass);
  if (const auto handler = find_handler(request.operation().id)) return handler(request);
  return example_answer(request);
}

}  // namespace vault_mock::engine
