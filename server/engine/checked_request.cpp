#include "engine/checked_request.hpp"

#include <algorithm>

#include "contract/query_object.hpp"

namespace vault_mock::engine {

const nlohmann::json& CheckedRequest::body() const {
  static const auto kNone = nlohmann::json::object();
  const auto* posted = operation_.body ? call_.json() : nullptr;
  return posted != nullptr && posted->is_object() ? *posted : kNone;
}

nlohmann::json CheckedRequest::claim(std::string_view name) const {
  const auto found = call_.claims.find(name);
  return found != call_.claims.end() ? *found : nlohmann::json();
}

nlohmann::json CheckedRequest::query_object(std::string_view name) const {
  const auto found = std::ranges::find(operation_.parameters, name, &contract::Parameter::name);
  if (found == operation_.parameters.end()) return nlohmann::json::object();
  return contract::query_object(found->schema.source(), call_.request.query, name);
}

std::string_view CheckedRequest::title_of(std::string_view operation_id) const {
  const auto operations = call_.contract.operations();
  const auto found = std::ranges::find(operations, operation_id, &contract::Operation::id);
  return found == operations.end() ? std::string_view() : found->title;
}

}  // namespace vault_mock::engine
