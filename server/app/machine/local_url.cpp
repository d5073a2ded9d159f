#include "app/machine/local_url.hpp"

#include <fmt/format.h>

namespace vault_mock::app {

std::string local_host(const std::string& host) {
  return host == "0.0.0.0" || host == "::" || host.empty() ? "127.0.0.1" : host;
}

std::string local_url(const std::string& host, std::uint16_t port, net::Scheme scheme) {
  const auto name = local_host(host);
  const bool is_v6 = name.find(':') != name.npos;
  return fmt::format("{}://{}:{}", scheme == net::Scheme::https ? "https" : "http",
                     is_v6 ? "[" + name + "]" : name, port);
}

}  // namespace vault_mock::app
