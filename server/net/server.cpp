#include "net/server.hpp"

#include <utility>

#include "net/descriptor.hpp"
#include "net/httplib/httplib_server.hpp"
#ifdef __linux__
#include "net/epoll/epoll_server.hpp"
#endif

namespace vault_mock::net {
namespace {

// The caller's share of a server.
class SharedServer final : public Server {
 public:
  explicit SharedServer(std::shared_ptr<Server> server) : server_(std::move(server)) {}

  tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                              std::shared_ptr<const TlsContext> tls) override {
    return server_->bind(host, port, std::move(tls));
  }
  Stopped run() override { return server_->run(); }
  void stop() override { server_->stop(); }
  bool stopping() const override { return server_->stopping(); }
  std::size_t connections() const override { return server_->connections(); }
  std::size_t threads() const override { return server_->threads(); }

 private:
  const std::shared_ptr<Server> server_;
};

std::shared_ptr<Server> make_server(ServerOptions options, Handler& handler) {
#ifdef __linux__
  if (options.transport == Transport::epoll) return make_epoll_server(options, handler);
#endif
  return make_httplib_server(options, handler);
}

}  // namespace

std::unique_ptr<Server> Server::create(ServerOptions options, Handler& handler) {
  raise_descriptor_limit();
  return std::make_unique<SharedServer>(make_server(options, handler));
}

}  // namespace vault_mock::net
