#include "text/printable.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/hex.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::text {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  // 0: not UTF-8
};

// The first character of a text that is not empty (RFC 3629: no surrogates, no longer forms than needed).
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  std::uint32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, bytes};
}

constexpr bool acts_on_a_terminal(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

// Copies the text; `escape` is asked for a text in place of each character that acts, or that is not UTF-8.
template <typename Escape>
std::string escaped(std::string_view text, const Escape& escape) {
  if (is_plain_ascii(text)) return std::string(text);
  std::string result;
  result.reserve(text.size() + 16);
  while (!text.empty()) {
    const auto character = first_of(text);
    const auto bytes = std::max<std::size_t>(character.bytes, 1);
    if (character.bytes == 0 || acts_on_a_terminal(character.code))
      result += escape(character, text.substr(0, bytes));
    else
      result += text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return result;
}

std::string shown(const Character& character, std::string_view bytes) {
  if (character.bytes == 0) return "\\x" + hex(bytes.substr(0, 1));
  switch (character.code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return "\\u{" + hex(character.code) + "}";
  }
}

bool lays_out(std::uint32_t code) { return code == '\n' || code == '\t'; }

}  // namespace

// No branches, so that the compiler looks at many bytes at once.
bool is_plain_ascii(std::string_view text) {
  constexpr std::size_t kBlock = 32;
  const auto special = [](char c) { return static_cast<unsigned char>((c < ' ') | (c > '~')); };
  for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < kBlock; ++i) found |= special(text[i]);
    if (found != 0) return false;
  }
  return std::ranges::none_of(text, special);
}

std::string printable(std::string_view text) { return escaped(text, shown); }

std::string printable_lines(std::string_view text) {
  return escaped(text, [](const Character& character, std::string_view bytes) {
    return character.bytes > 0 && lays_out(character.code) ? std::string(bytes) : shown(character, bytes);
  });
}

std::string printable_json(std::string json) {
  if (is_plain_ascii(json)) return json;
  return escaped(json, [](const Character& character, std::string_view bytes) {
    if (character.bytes == 0) return std::string("\\ufffd");
    return lays_out(character.code) ? std::string(bytes) : "\\u" + hex(character.code, 4);
  });
}

std::string printable_word(std::string_view text) {
  if (text.empty()) return "-";
  const auto is_plain = [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; };
  return std::ranges::all_of(text, is_plain) ? std::string(text) : printable_json(quoted(text));
}

}  // namespace vault_mock::text
