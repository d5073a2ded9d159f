// The server on cpp-httplib: it accepts, has a thread for each connection, and writes the answers
// (endpoint_server.hpp). Portable: where there is no epoll it is the only one.
//
// Delays wait in the connection's thread, so that as many clients can wait at a time as there may be threads
// (or as there are descriptors for). When others wait for a thread, connections make room for them: those
// that are idle for half a second, those of which half a request came and nothing more for two, and those
// that have just had an answer, which says `Connection: close`.
#pragma once

#include <memory>

#include "net/server.hpp"

namespace vault_mock::net {

std::shared_ptr<Server> make_httplib_server(ServerOptions options, Handler& handler);

}  // namespace vault_mock::net
