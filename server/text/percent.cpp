#include "text/percent.hpp"

#include <algorithm>
#include <charconv>

namespace vault_mock::text {

tl::expected<std::string, std::string> percent_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const auto sequence = text.substr(i, 3);
    unsigned char byte = 0;
    const auto* const last = sequence.data() + sequence.size();
    if (sequence.size() < 3 || std::from_chars(sequence.data() + 1, last, byte, 16).ptr != last) {
      const auto is_plain = [](char c) { return c > ' ' && c < 0x7F; };
      const auto* const end = std::ranges::find_if_not(sequence, is_plain);
      return tl::unexpected(std::string(sequence.begin(), end));
    }
    result += static_cast<char>(byte);
    i += 2;
  }
  return result;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos)
      result += c;
    else
      result.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return result;
}

}  // namespace vault_mock::text
