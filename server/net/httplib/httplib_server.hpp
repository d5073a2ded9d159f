// The server on cpp-httplib: it accepts, has a thread for each connection, and writes the answers
// (endpoint_server.hpp). Portable: where there is no epoll it is the only one.
//
// Delays wait in the connection's thread, so that as many clients can wait at a time as there may be threads;
// further ones wait until a connection is idle for half a second, or ends.
#pragma once

#include "net/server.hpp"

namespace vault_mock::net {

class HttplibServer final : public Server {
 public:
  HttplibServer(ServerOptions options, Handler& handler);
  ~HttplibServer() override;

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
