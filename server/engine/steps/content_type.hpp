// Which content types say JSON. Internal to engine/.
#pragma once

#include <string_view>

#include "text/ascii.hpp"

namespace vault_mock::engine {

// "application/json; charset=utf-8", and "application/merge-patch+json".
inline bool is_json_type(std::string_view content_type) {
  const auto type = text::lower(text::trim(content_type.substr(0, content_type.find(';'))));
  return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

}  // namespace vault_mock::engine
