// Targets that read two texts find them in one input, with the first newline between them.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

namespace vault_mock::fuzz {

inline std::pair<std::string_view, std::string_view> in_two(std::string_view bytes) {
  const auto end = std::min(bytes.find('\n'), bytes.size());
  return {bytes.substr(0, end), bytes.substr(std::min(end + 1, bytes.size()))};
}

}  // namespace vault_mock::fuzz
