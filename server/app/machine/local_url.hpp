// How a mock is reached from its own machine.
#pragma once

#include <cstdint>
#include <string>

#include "net/request.hpp"

namespace vault_mock::app {

struct Urls {
  std::string http;
  std::string https;  // empty without --tls
};

// `host` is the value of --host. One that means all addresses (0.0.0.0, ::) is reached at 127.0.0.1.
std::string local_host(const std::string& host);

// As URLs have it: an IPv6 address in brackets.
std::string host_in_url(const std::string& host);

// "http://127.0.0.1:4010"; an IPv6 address is in brackets.
std::string local_url(const std::string& host, std::uint16_t port, net::Scheme scheme = net::Scheme::http);

}  // namespace vault_mock::app
