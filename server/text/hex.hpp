// Hexadecimal digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vault_mock::text {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kUpperHexDigits = "0123456789ABCDEF";

// 0 to 15, in either case; -1: it is not a hexadecimal digit.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_hex_digit(char c) { return hex_value(c) >= 0; }

// A number in lower case, with zeros before it up to `least_digits`.
inline std::string hex(std::uint64_t number, std::size_t least_digits = 1) {
  std::string digits;
  for (; number != 0 || digits.size() < least_digits; number >>= 4)
    digits.insert(digits.begin(), kHexDigits[number & 15]);
  return digits;
}

// Bytes in lower case, two digits each.
inline std::string hex(std::string_view bytes) {
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits.append({kHexDigits[byte >> 4], kHexDigits[byte & 15]});
  }
  return digits;
}

}  // namespace vault_mock::text
