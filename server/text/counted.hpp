// A number with its noun, for messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vault_mock::text {

// "1 rule", "2 rules".
inline std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

}  // namespace vault_mock::text
