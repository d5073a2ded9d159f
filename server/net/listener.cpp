#include "net/listener.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace vault_mock::net {
namespace {

constexpr int kBacklog = 4096;  // connections that wait to be accepted; the system may allow fewer
constexpr int kPortAttempts = 16;

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

void enable(int socket, int level, int option) {
  const int on = 1;
  ::setsockopt(socket, level, option, &on, sizeof on);
}

void set_port(sockaddr_storage& address, std::uint16_t port) {
  if (address.ss_family == AF_INET6)
    reinterpret_cast<sockaddr_in6&>(address).sin6_port = htons(port);
  else
    reinterpret_cast<sockaddr_in&>(address).sin_port = htons(port);
}

enum class Family { one, both };

// A listening socket, or -1 with errno set.
int listen_on(const addrinfo& address, std::uint16_t port, Family families) {
  const int socket = ::socket(address.ai_family, SOCK_STREAM, IPPROTO_TCP);
  if (socket < 0) return -1;
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);  // socket() takes these two on Linux alone
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
  enable(socket, SOL_SOCKET, SO_REUSEADDR);
  enable(socket, SOL_SOCKET, SO_KEEPALIVE);
  enable(socket, IPPROTO_TCP, TCP_NODELAY);
  if (address.ai_family == AF_INET6) {
    const int only = families == Family::one ? 0 : 1;  // "::" alone serves IPv4 as well
    ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
  }
  sockaddr_storage where{};
  std::memcpy(&where, address.ai_addr, address.ai_addrlen);
  set_port(where, port);
  if (::bind(socket, reinterpret_cast<sockaddr*>(&where), address.ai_addrlen) == 0 &&
      ::listen(socket, kBacklog) == 0)
    return socket;
  const int error = errno;
  ::close(socket);
  errno = error;
  return -1;
}

std::string address_text(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  else
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  return text;
}

std::uint16_t port_of(const sockaddr_storage& address) {
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::string describe(const std::string& host, std::uint16_t port, int error) {
  const auto where =
      (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
  if (error == EADDRINUSE) return "the address " + where + " is in use already";
  if (error == EACCES) return "listening on " + where + " is not permitted";
  if (error == EADDRNOTAVAIL) return "the address " + where + " is not one of this machine";
  return "cannot listen on " + where + ": " + std::strerror(error);
}

}  // namespace

BindError bind_error(const std::string& what, int code) { return {code, what + ": " + std::strerror(code)}; }

tl::expected<Listener, BindError> Listener::open(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.empty() ? nullptr : host.c_str(), "0", &hints, &found); error != 0)
    return tl::unexpected(BindError{0, "the host \"" + host + "\" is unknown: " + ::gai_strerror(error)});
  const Addresses addresses(found, &::freeaddrinfo);
  return open(*addresses, host, port);
}

tl::expected<Listener, BindError> Listener::open(const addrinfo& addresses, const std::string& host,
                                                 std::uint16_t port) {
  const auto families = addresses.ai_next == nullptr ? Family::one : Family::both;
  int error = 0;
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    Listener listener;
    listener.port_ = port;
    bool taken = false;
    for (const auto* address = &addresses; address != nullptr; address = address->ai_next) {
      if (listener.has(*address)) continue;
      const int socket = listen_on(*address, listener.port_, families);
      if (socket < 0) {
        // Of several errors, that the port is taken is the one that matters.
        if (!taken) error = errno;
        taken = taken || errno == EADDRINUSE;
        continue;  // a machine without IPv6 still has a localhost
      }
      sockaddr_storage name{};
      socklen_t size = sizeof name;
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size);
      listener.endpoints_.push_back({socket, address_text(name), nullptr});
      listener.port_ = port_of(name);
    }
    if (!listener.endpoints_.empty() && !taken) return listener;
    if (port != 0 || listener.endpoints_.empty())
      break;  // else: the port was free on one address only; try another
  }
  return tl::unexpected(BindError{error, describe(host, port, error)});
}

bool Listener::has(const addrinfo& address) const {
  sockaddr_storage where{};
  std::memcpy(&where, address.ai_addr, address.ai_addrlen);
  const auto wanted = address_text(where);
  return std::any_of(endpoints_.begin(), endpoints_.end(),
                     [&](const Endpoint& endpoint) { return endpoint.address == wanted; });
}

tl::expected<std::uint16_t, BindError> Listener::listen(const std::string& host, std::uint16_t port,
                                                        const std::shared_ptr<const TlsContext>& tls) {
  auto opened = open(host, port);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  for (auto& endpoint : opened->endpoints_) endpoint.tls = tls;
  endpoints_.splice(endpoints_.end(), opened->endpoints_);
  return opened->port_;
}

Listener::Listener(Listener&& other) noexcept
    : endpoints_(std::exchange(other.endpoints_, {})), port_(std::exchange(other.port_, std::uint16_t{0})) {}

Listener& Listener::operator=(Listener&& other) noexcept {
  std::swap(endpoints_, other.endpoints_);
  std::swap(port_, other.port_);
  return *this;
}

Listener::~Listener() { close(); }

void Listener::close() {
  for (auto& endpoint : endpoints_)
    if (endpoint.socket >= 0) ::close(std::exchange(endpoint.socket, -1));
}

}  // namespace vault_mock::net
