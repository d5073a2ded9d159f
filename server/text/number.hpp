// Numbers that stand alone in a text: a cursor, a limit, a status.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace vault_mock::text {

// The whole text as a decimal number; nothing: it is empty, has anything else in it, or is out of range.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace vault_mock::text
