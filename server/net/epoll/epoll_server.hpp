// The server on epoll (Linux): an event loop for each processor and one more (event_loop.hpp), and a
// supervisor, which is the thread that called run(). It gives a new thread to a loop whose handler blocks. So
// a handler may block, slow clients cost no thread, and threads are as many as loops, blocked handlers and
// streams.
#pragma once

#include "net/server.hpp"

namespace vault_mock::net {

class EpollServer final : public Server {
 public:
  EpollServer(ServerOptions options, Handler& handler);
  ~EpollServer() override;

  tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                              std::shared_ptr<const TlsContext> tls = nullptr) override;
  Stopped run() override;
  void stop() override;
  bool stopping() const override;
  std::size_t connections() const override;
  std::size_t threads() const override;

 private:
  class Core;
  // Shared with its threads, so that one whose handler never returns harms nobody.
  std::shared_ptr<Core> core_;
};

}  // namespace vault_mock::net
