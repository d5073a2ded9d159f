// Where a mock that listens on some address can be reached from its own machine.
#pragma once

#include <cstdint>
#include <string>

#include "net/request/request_head.hpp"

namespace vault_mock::app {

// `host` is what --host was given: one that means every address is reached at the loopback.
std::string local_host(const std::string& host);
std::string local_url(const std::string& host, std::uint16_t port,
                      net::Scheme scheme = net::Scheme::http);  // with IPv6 in brackets

}  // namespace vault_mock::app
