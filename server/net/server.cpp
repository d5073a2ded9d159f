#include "net/server.hpp"

#include "net/httplib/httplib_server.hpp"
#ifdef __linux__
#include "net/epoll/epoll_server.hpp"
#endif

namespace vault_mock::net {

std::unique_ptr<Server> Server::create(ServerOptions options, Handler& handler) {
#ifdef __linux__
  if (options.transport == Transport::epoll) return std::make_unique<EpollServer>(options, handler);
#endif
  return std::make_unique<HttplibServer>(options, handler);
}

}  // namespace vault_mock::net
