// Where a server listens.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace vault_mock::redis {

struct Address {
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 0;

  auto operator<=>(const Address&) const = default;

  // "cache:6379", "[::1]:6379"
  std::string in_words() const {
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
  }
};

}  // namespace vault_mock::redis
