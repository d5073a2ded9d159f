// A client of TLS, for probes: says something, and hears what comes back. httplib's own client is there only
// where httplib was built with OpenSSL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vault_mock::net {

// What the server says until it ends the connection, or `seconds` have passed; empty when nobody there speaks
// TLS. Any certificate will do.
std::string say_over_tls(const std::string& host, std::uint16_t port, std::string_view words, int seconds);

}  // namespace vault_mock::net
