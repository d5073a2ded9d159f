// The HTTP server: listens, keeps connections, reads requests, has them answered by a handler, and delivers
// the answers. It knows nothing of what it serves.
//
//     auto server = Server::create({}, handler);
//     auto port = server->bind("127.0.0.1", 0);    // a value, or why not
//     server->run();                               // until another thread, or a signal handler, calls stop()
//
// There are two transports, which clients cannot tell apart, but for the order of headers:
//
//   - epoll/ (Linux): event loops, one more than processors. Ten thousand connections, faults and delays take
//     no thread.
//   - httplib/: cpp-httplib's own server, a thread for each connection. Portable.
//
// Either reads requests with request/, because a fake has to show exactly what was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "net/handler.hpp"
#include "net/limits.hpp"
#include "net/listener.hpp"
#include "net/transport.hpp"

namespace vault_mock::net {

struct ServerOptions {
  Transport transport = kDefaultTransport;  // epoll where there is none: httplib
  unsigned loops = 0;  // event loops; 0: one more than processors, for when one of them waits
  // epoll: loops and blocked handlers together. httplib: connections served at a time; others wait until one
  // is idle, and a stream beyond half of them is refused with 503.
  unsigned max_threads = 256;
  RequestLimits requests;
  TimeLimits times;
};

class Server {
 public:
  // `handler` must outlive the server, and its threads (see Stopped). The server's threads share it, so that
  // one whose handler never returns harms nobody.
  static std::shared_ptr<Server> create(ServerOptions options, Handler& handler);

  Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  virtual ~Server() = default;  // not while run() runs

  // Clients can connect from here on; they are served from run() on. Port 0: the system's choice. The port
  // taken. May be called several times before run(). With `tls` the port speaks HTTPS, and that only.
  virtual tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                                      std::shared_ptr<const TlsContext> tls = nullptr) = 0;

  enum class Stopped {
    cleanly,
    // Some handlers did not return within the drain limit. Their threads still run them: what a handler
    // refers to must stay for as long as the process does.
    with_handlers_left,
  };
  // Serves until stop(). Call it once, after bind(). Answers that are under way at the stop are finished
  // within `times.drain`; waiting ones go out at once; hanging ones and idle connections are closed.
  virtual Stopped run() = 0;

  // From any thread, at any time, any number of times, and from a signal handler. A stop that comes before
  // run() ends it at once.
  virtual void stop() = 0;
  virtual bool stopping() const = 0;

  virtual std::size_t connections() const = 0;
  virtual std::size_t threads() const = 0;
};

}  // namespace vault_mock::net
