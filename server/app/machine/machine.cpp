#include "app/machine/machine.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <ifaddrs.h>
#include <memory>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vault_mock::app {
namespace {

using Interfaces = std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)>;

// Empty: not one that others could use.
std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (!IN6_IS_ADDR_LINKLOCAL(&v6)) ::inet_ntop(AF_INET6, &v6, text.data(), text.size());
  }
  return text.data();
}

}  // namespace

std::vector<std::string> addresses_of_machine() {
  std::vector<std::string> addresses = {"127.0.0.1", "::1"};
  ifaddrs* found = nullptr;
  if (::getifaddrs(&found) != 0) return addresses;
  const Interfaces interfaces(found, &::freeifaddrs);
  for (const auto* at = interfaces.get(); at != nullptr; at = at->ifa_next) {
    if (at->ifa_addr == nullptr) continue;
    auto text = address_text(*at->ifa_addr);
    if (!text.empty() && std::ranges::find(addresses, text) == addresses.end())
      addresses.push_back(std::move(text));
  }
  return addresses;
}

std::string name_of_machine() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string user_at_machine() {
  const auto* user = ::getpwuid(::getuid());
  const auto who = user == nullptr ? std::to_string(::getuid()) : std::string(user->pw_name);
  const auto machine = name_of_machine();
  return machine.empty() ? who : who + "@" + machine;
}

}  // namespace vault_mock::app
