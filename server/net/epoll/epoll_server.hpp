// The server on epoll (Linux): an event loop for each processor and one more (event_loop.hpp), and a
// supervisor, which is the thread that called run(). It gives a new thread to a loop whose handler blocks. So
// a handler may block, slow clients cost no thread, and threads are as many as loops and blocked handlers.
#pragma once

#include <memory>

#include "net/server.hpp"

namespace vault_mock::net {

std::shared_ptr<Server> make_epoll_server(ServerOptions options, Handler& handler);

}  // namespace vault_mock::net
