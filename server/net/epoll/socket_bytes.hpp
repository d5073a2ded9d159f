// The bytes of a connection, whether they travel as they are or in TLS. As recv() and send(): -1 with errno.
#pragma once

#include <sys/socket.h>

#include "net/epoll/connection.hpp"

namespace vault_mock::net {

inline ssize_t receive(Connection& connection, char* bytes, std::size_t room) {
  if (connection.tls) [[unlikely]]
    return connection.tls->receive(bytes, room);
  return ::recv(connection.socket.get(), bytes, room, 0);
}

inline ssize_t send(Connection& connection, const char* bytes, std::size_t size) {
  if (connection.tls) [[unlikely]]
    return connection.tls->send(bytes, size);
  return ::send(connection.socket.get(), bytes, size, MSG_NOSIGNAL);
}

// Whether a receive() of `size` bytes took all there was. A socket that gave less than there was room for is
// empty, unless the end is behind it.
inline bool has_taken_all(const Connection& connection, std::size_t size, std::size_t room) {
  if (connection.tls) [[unlikely]]
    return connection.tls->has_taken_all();
  return size < room && !connection.peer_finished;
}

}  // namespace vault_mock::net
