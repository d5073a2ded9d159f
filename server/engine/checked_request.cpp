#include "engine/checked_request.hpp"

namespace vault_mock::engine {

const nlohmann::json& CheckedRequest::body() const {
  static const auto kNone = nlohmann::json::object();
  const auto* posted = operation_.body ? call_.json() : nullptr;
  return posted != nullptr && posted->is_object() ? *posted : kNone;
}

std::string_view CheckedRequest::path_parameter(std::string_view name) const {
  if (const auto* found = std::get_if<contract::Found>(&call_.lookup))
    for (const auto& [parameter, value] : found->path_parameters)
      if (parameter == name) return value;
  return {};
}

nlohmann::json CheckedRequest::claim(std::string_view name) const {
  const auto found = call_.claims.find(name);
  return found != call_.claims.end() ? *found : nlohmann::json();
}

}  // namespace vault_mock::engine
