// TLS on one non-blocking socket, behind calls that behave as recv() and send() do, errno included, so that
// the event loop treats both kinds of connection alike.
//
// Not locked: for whoever the connection belongs to at the moment.
#pragma once

#include <cstddef>
#include <sys/types.h>

#include "net/tls/openssl.hpp"
#include "net/tls/tls_context.hpp"

namespace vault_mock::net {

class TlsChannel {
 public:
  // The socket stays the caller's, and so does the context, which must outlive this.
  TlsChannel(const TlsContext& context, int socket);
  TlsChannel(const TlsChannel&) = delete;
  TlsChannel& operator=(const TlsChannel&) = delete;

  enum class Handshake {
    done,
    unfinished,  // until the socket can be read, or written to
    plain,       // the client speaks HTTP without TLS; nothing it said was taken from the socket
    failed,
  };
  // To be called until it is done, before everything else.
  Handshake shake_hands();

  // The following are of use after the handshake. receive() fills the room as far as there is something to
  // fill it with; 0: the client has said that it is done. After an error all fail.
  ssize_t receive(char* bytes, std::size_t room);
  ssize_t send(const char* bytes, std::size_t size);

  // Whether the last receive() took all there was. If not, there may be more that no event will tell of.
  bool has_taken_all() const { return taken_all_; }

  // Tells the client that nothing follows, as far as the socket takes it. Without that an end is an accident.
  void say_end();

 private:
  bool may_go_on(int result);

  const TlsContext& context_;
  const int socket_;
  SslPtr ssl_;
  bool spoken_to_ = false;  // the first byte is here, and begins a handshake
  bool failed_ = false;
  bool client_is_done_ = false;
  bool taken_all_ = false;
  bool ended_ = false;
};

}  // namespace vault_mock::net
