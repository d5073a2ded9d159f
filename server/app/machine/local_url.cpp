#include "app/machine/local_url.hpp"

#include <fmt/format.h>

namespace vault_mock::app {

std::string local_host(const std::string& host) {
  return host == "0.0.0.0" || host == "::" || host.empty() ? "127.0.0.1" : host;
}

std::string host_in_url(const std::string& host) {
  return host.find(':') == host.npos ? host : "[" + host + "]";
}

std::string local_url(const std::string& host, std::uint16_t port, net::Scheme scheme) {
  return fmt::format("{}://{}:{}", scheme == net::Scheme::https ? "https" : "http",
                     host_in_url(local_host(host)), port);
}

}  // namespace vault_mock::app
