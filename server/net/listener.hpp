// The sockets on which the server waits for clients.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "net/tls/tls_context.hpp"

struct addrinfo;  // netdb.h

namespace vault_mock::net {

struct BindError {
  int code = 0;         // errno: EADDRINUSE, EACCES …; 0 when the host name means nothing here
  std::string message;  // one line for people
};

// "what: why", with the system's word for `code`.
BindError bind_error(const std::string& what, int code);

// Owns its sockets, and their addresses stay where they are in memory. They are non-blocking, and what they
// accept inherits TCP_NODELAY and keep-alive probes.
class Listener {
 public:
  // Listens on every address of `host` ("localhost" is 127.0.0.1 and ::1, and clients try either), all on one
  // port; 0 lets the system choose it. The port of a server that was killed is free at
  // once (SO_REUSEADDR), and two servers cannot share one (no SO_REUSEPORT).
  static tl::expected<Listener, BindError> open(const std::string& host, std::uint16_t port);
  // The same, with the addresses of `host` at hand.
  static tl::expected<Listener, BindError> open(const addrinfo& addresses, const std::string& host,
                                                std::uint16_t port);

  Listener() = default;  // listens nowhere
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&& other) noexcept;
  ~Listener();

  struct Endpoint {
    int socket = -1;
    std::string address;                    // "127.0.0.1", "::1"
    std::shared_ptr<const TlsContext> tls;  // of those who enter here; none: plain HTTP
  };
  const std::list<Endpoint>& endpoints() const { return endpoints_; }
  std::uint16_t port() const { return port_; }

  // Listens there, too, as open() does. The port taken.
  tl::expected<std::uint16_t, BindError> listen(const std::string& host, std::uint16_t port,
                                                const std::shared_ptr<const TlsContext>& tls);
  void close();  // the sockets; the endpoints stay, as others hold on to their addresses

 private:
  bool has(const addrinfo& address) const;

  std::list<Endpoint> endpoints_;
  std::uint16_t port_ = 0;
};

}  // namespace vault_mock::net
