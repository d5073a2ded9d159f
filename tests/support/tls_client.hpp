// A blocking TLS client over a real socket, for tests of what the server does with its connections. Trusts
// everybody.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/tls/openssl.hpp"

namespace vault_mock::support {

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int version = 0);  // of TLS; 0: the best there is. Shakes hands
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient();

  bool is_connected() const { return connected_; }
  bool send(std::string_view bytes);
  // One answer with a content-length, its head included; what there is when the server ends, or takes more
  // than ten seconds.
  std::string read_answer();
  std::string read_to_end();

  enum class End { open, proper, cut };  // cut: without the words of TLS that nothing follows
  End end() const { return end_; }

  void update_keys();     // asks the server to change its keys as well (TLS 1.3)
  void receive_little();  // a small receive buffer, to be a slow reader
  void finish_sending();  // closes its side of the socket, without the words of TLS for it
  void vanish();          // reset the connection

 private:
  bool receive();

  int socket_ = -1;
  net::SslContextPtr context_;
  net::SslPtr ssl_;
  bool connected_ = false;
  End end_ = End::open;
  std::string unread_;
};

}  // namespace vault_mock::support
