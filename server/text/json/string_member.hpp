// Reading objects that may have anything in them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::text {

// The text of that member; empty: `object` is not an object, has no such member, or it is not a string.
inline std::string string_member(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace vault_mock::text
