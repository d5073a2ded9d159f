// UTF-8, as JSON Schema counts it, and whether a text is any.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace vault_mock::text {

// Whether a byte is inside a character of several, not its first.
constexpr bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

constexpr std::size_t count_characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

// The beginning of a text, whole characters that take at most `most` bytes.
constexpr std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && continues_character(text[most])) --most;
  return text.substr(0, most);
}

bool is_utf8(std::string_view text);

// Latin-1 (ISO 8859-1), in which each byte is the character of its number, as UTF-8.
std::string utf8_of_latin1(std::string_view latin1);

// Whether a text in UTF-8 holds a control character: U+0000 to U+001F, U+007F to U+009F.
constexpr bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace vault_mock::text
