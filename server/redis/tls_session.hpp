// TLS between a link and its socket: bytes in, bytes out; the socket is not its business.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "net/tls/openssl.hpp"
#include "redis/address.hpp"
#include "redis/url.hpp"

namespace vault_mock::redis {

class TlsSession {
 public:
  // Trusts what the URL says, and expects a certificate for the host of the address, which is told to the
  // server (SNI). The error is a clause: "the file of certificates to trust …".
  static tl::expected<std::unique_ptr<TlsSession>, std::string> create(const Url& url,
                                                                       const Address& address);

  // Takes what came from the socket; at first nothing, which begins. What it said in clear is the result;
  // what must be sent is appended to `out`. The error: why the connection is to be closed. What came before
  // the fault is the result then, and the error comes with the next call.
  tl::expected<std::string, std::string> decrypt(std::string_view bytes, std::string& out);
  void encrypt(std::string_view text, std::string& out);  // once it is established
  bool is_established() const;

 private:
  TlsSession(net::SslPtr ssl, bool has_any_trust) : ssl_(std::move(ssl)), has_any_trust_(has_any_trust) {}
  std::string problem(int result) const;
  std::string distrust(long why) const;
  void take_output(std::string& out);

  net::SslPtr ssl_;
  bool has_any_trust_;   // there are certificates to trust
  std::string problem_;  // why nothing more can be read
};

}  // namespace vault_mock::redis
