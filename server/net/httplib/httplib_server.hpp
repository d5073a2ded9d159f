// The server on cpp-httplib: it accepts, has a thread for each connection, and writes the answers
// (endpoint_server.hpp). Portable: where there is no epoll it is the only one.
//
// Delays wait in the connection's thread, so that as many clients can wait at a time as there may be threads;
// further ones wait until a connection is idle for half a second, or ends.
#pragma once

#include <memory>

#include "net/server.hpp"

namespace vault_mock::net {

std::shared_ptr<Server> make_httplib_server(ServerOptions options, Handler& handler);

}  // namespace vault_mock::net
