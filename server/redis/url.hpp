// Where the store is: redis://[user:password@]host[:port][/database], or rediss:// with TLS.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::redis {

struct Url {
  bool is_tls = false;
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 6379;
  std::string user, password;  // empty: none
  int database = 0;
  std::string ca_file;              // certificates to trust; empty: those of the system
  bool is_any_certificate = false;  // no certificate is refused

  // Without the password: for messages.
  std::string in_words() const;
};

// User and password are percent-decoded. In the query: ca=FILE, verify=no. The error says what is wrong, and
// never repeats the password.
tl::expected<Url, std::string> read_url(std::string_view text);

}  // namespace vault_mock::redis
