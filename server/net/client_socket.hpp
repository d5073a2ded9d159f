// A client's socket, whether its bytes travel as they are or in TLS. For whoever owns the connection; not
// locked.
#pragma once

#include <memory>
#include <sys/socket.h>

#include "net/descriptor.hpp"
#include "net/tls/tls_channel.hpp"

namespace vault_mock::net {

struct ClientSocket {
  Descriptor descriptor;            // non-blocking
  std::unique_ptr<TlsChannel> tls;  // none: the bytes travel as they are

  // As recv() and send(): -1 with errno.
  ssize_t receive(char* bytes, std::size_t room) {
    if (tls) [[unlikely]]
      return tls->receive(bytes, room);
    return ::recv(descriptor.get(), bytes, room, 0);
  }
  ssize_t send(const char* bytes, std::size_t size) {
    if (tls) [[unlikely]]
      return tls->send(bytes, size);
    return ::send(descriptor.get(), bytes, size, MSG_NOSIGNAL);
  }

  // Whether a receive() of `size` bytes took all there was. A socket that gave less than there was room for
  // is empty, unless the client's end is behind it.
  bool has_taken_all(std::size_t size, std::size_t room, bool client_finished) const {
    if (tls) [[unlikely]]
      return tls->has_taken_all();
    return size < room && !client_finished;
  }

  // Straight from the socket: what is thrown away needs no decoding. As recv().
  ssize_t discard(char* bytes, std::size_t room) { return ::recv(descriptor.get(), bytes, room, 0); }

  // Tells the client that nothing follows; it may still send.
  void finish_sending() {
    if (tls) tls->say_end();
    ::shutdown(descriptor.get(), SHUT_WR);
  }
  // close() will be a TCP RST.
  void reset_at_close() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    tls.reset();
  }
  void close() {
    if (tls) tls->say_end();
    descriptor.close();
  }
};

}  // namespace vault_mock::net
