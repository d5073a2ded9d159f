// UTF-8, as JSON Schema counts it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace vault_mock::text {

constexpr std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace vault_mock::text
