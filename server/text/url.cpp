#include "text/url.hpp"

#include <set>

#include "text/character_set.hpp"
#include "text/hex.hpp"

namespace vault_mock::text {
namespace {

// The byte that the "%xx" at that place encodes; nothing: there is no such sequence.
std::optional<char> byte_at(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return std::nullopt;
  const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? std::nullopt : std::optional(static_cast<char>(high * 16 + low));
}

std::string decoded(std::string_view text, char plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto byte = byte_at(text, i)) {
      result += *byte;
      i += 2;
    } else {
      result += text[i] == '+' ? plus : text[i];
    }
  }
  return result;
}

template <typename Stays>
std::string encoded(std::string_view text, const Stays& stays) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (stays(c))
      result += c;
    else
      result.append({'%', kUpperHexDigits[byte >> 4], kUpperHexDigits[byte & 15]});
  }
  return result;
}

}  // namespace

std::string percent_decoded(std::string_view text) { return decoded(text, '+'); }

tl::expected<std::string, std::string> strictly_percent_decoded(std::string_view text) {
  for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 1)) {
    if (byte_at(text, at)) continue;
    const auto sequence = text.substr(at, 3);
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7F; };
    return tl::unexpected(std::string(sequence.begin(), std::ranges::find_if_not(sequence, is_visible)));
  }
  return percent_decoded(text);
}

std::string percent_encoded(std::string_view text) {
  static constexpr auto kPlain = kAsciiLettersAndDigits.with("-._~:");
  return encoded(text, [](char c) { return kPlain.contains(c); });
}

std::string percent_encoded_invisible(std::string_view text, std::string_view also) {
  return encoded(text, [&](char c) { return c > ' ' && c < 0x7F && also.find(c) == also.npos; });
}

std::string query_decoded(std::string_view text) { return decoded(text, ' '); }

bool query_decodes_to(std::string_view encoded, std::string_view text) {
  return encoded.find_first_of("%+") == encoded.npos ? encoded == text : query_decoded(encoded) == text;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  each_query_value(query, name, [&](std::string value) {
    found = std::move(value);
    return false;
  });
  return found;
}

std::optional<std::string> repeated_query_name(std::string_view query, std::string_view repeatable) {
  std::optional<std::string> repeated;
  std::set<std::string> seen;
  each_query_pair(query, [&](std::string_view encoded_name, std::string_view) {
    auto name = query_decoded(encoded_name);
    if (name == repeatable || seen.insert(name).second) return true;
    repeated = std::move(name);
    return false;
  });
  return repeated;
}

}  // namespace vault_mock::text
