#include "net/server.hpp"

#include "net/descriptor.hpp"
#include "net/httplib/httplib_server.hpp"
#ifdef __linux__
#include "net/epoll/epoll_server.hpp"
#endif

namespace vault_mock::net {

std::shared_ptr<Server> Server::create(ServerOptions options, Handler& handler) {
  raise_descriptor_limit();
#ifdef __linux__
  if (options.transport == Transport::epoll) return make_epoll_server(options, handler);
#endif
  return make_httplib_server(options, handler);
}

}  // namespace vault_mock::net
