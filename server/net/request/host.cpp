#include "net/request/host.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

#include "text/character_set.hpp"
#include "text/hex.hpp"

namespace vault_mock::net {
namespace {

constexpr auto kNameCharacters = text::kAsciiLettersAndDigits.with("-._~!$&'()*+,;=");

bool is_name(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kNameCharacters.contains(text[i])) continue;
    if (text[i] != '%' || i + 2 >= text.size() || !text::is_hex_digit(text[i + 1]) ||
        !text::is_hex_digit(text[i + 2]))
      return false;
    i += 2;
  }
  return !text.empty();
}

bool is_ipv6(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> copy{};
  if (text.size() >= copy.size()) return false;
  std::ranges::copy(text, copy.begin());
  in6_addr address{};
  return ::inet_pton(AF_INET6, copy.data(), &address) == 1;
}

// "v1.whatever": a form that addresses of the future may have.
bool is_future_address(std::string_view text) {
  if (!text.starts_with('v') && !text.starts_with('V')) return false;
  const auto dot = text.find('.');
  if (dot == text.npos) return false;
  const auto version = text.substr(1, dot - 1);
  const auto rest = text.substr(dot + 1);
  return !version.empty() && std::ranges::all_of(version, text::is_hex_digit) && !rest.empty() &&
         std::ranges::all_of(rest, [](char c) { return c == ':' || kNameCharacters.contains(c); });
}

bool is_port(std::string_view text) {
  if (text.empty()) return true;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number <= 65535;
}

}  // namespace

bool is_host(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == text.npos) return false;
    const auto inside = text.substr(1, end - 1);
    if (!is_ipv6(inside) && !is_future_address(inside)) return false;
    ++end;
  } else {
    end = std::min(text.find(':'), text.size());
    if (!is_name(text.substr(0, end))) return false;
  }
  return end == text.size() || (text[end] == ':' && is_port(text.substr(end + 1)));
}

}  // namespace vault_mock::net
