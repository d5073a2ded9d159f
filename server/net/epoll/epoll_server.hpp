// The HTTP server: listens, keeps connections, reads requests, has them answered by a handler, and delivers
// the answers.
//
//     ConnectionServer server(options, handler, error_responder);
//     auto port = server.bind("127.0.0.1", 0);    // a value, or why not
//     server.run();                               // until another thread, or a signal handler, calls stop()
//
// Inside: an event loop for each processor and one more (event_loop.hpp), httplib for the HTTP
// (exchange.hpp), and a supervisor, which is the thread that called run(): it gives a new thread to a loop
// whose handler blocks. So a handler may block, slow clients cost no thread, and threads are as many as
// loops, blocked handlers and streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "net/epoll/exchange.hpp"
#include "net/limits.hpp"
#include "net/listener.hpp"

namespace vault_mock::net {

struct ServerOptions {
  unsigned loops = 0;  // event loops; 0: one more than processors, for when one of them waits
  unsigned max_threads =
      256;  // loops, blocked handlers and streams together; a stream beyond is refused with 503
  RequestLimits requests;
  TimeLimits times;
};

class ConnectionServer {
 public:
  ConnectionServer(ServerOptions options, RequestHandler handler, ErrorResponder error_responder);
  ConnectionServer(const ConnectionServer&) = delete;
  ConnectionServer& operator=(const ConnectionServer&) = delete;
  ~ConnectionServer();  // not while run() runs

  // Clients can connect from here on; they are served from run() on. Port 0: the system's choice. The port
  // taken. May be called several times before run(). With `tls` the port speaks HTTPS, and that only.
  tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                              std::shared_ptr<const TlsContext> tls = nullptr);

  enum class Stopped {
    cleanly,
    // Some handlers did not return within the drain limit. Their threads still run them: what a handler
    // refers to must stay for as long as the process does.
    with_handlers_left,
  };
  // Serves until stop(). Call it once, after bind(). Answers that are under way at the stop are finished
  // within `times.drain`; waiting ones go out at once; hanging ones and idle connections are closed.
  Stopped run();

  // From any thread, any number of times, and from a signal handler.
  void stop();
  bool stopping() const;

  std::size_t connections() const;
  std::size_t threads() const;

 private:
  class Core;
  std::shared_ptr<Core>
      core_;  // shared with its threads, so that one whose handler never returns harms nobody
};

}  // namespace vault_mock::net
