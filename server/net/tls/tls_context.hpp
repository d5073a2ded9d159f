// What all connections of one HTTPS port share: the certificate, the key, and which TLS is spoken (1.2
// and 1.3).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "net/tls/openssl.hpp"
#include "net/tls/pem.hpp"

namespace vault_mock::net {

class TlsContext {
 public:
  // Why a client and the server did not come to terms, `reason` in OpenSSL's words.
  struct Failure {
    enum class Kind { distrust, other };
    Kind kind = Kind::other;  // distrust: the client does not take the certificate
    std::string_view reason;
  };
  // Called from many threads at once.
  using OnFailure = std::function<void(const Failure&)>;

  // The error is a sentence: which of the two is wrong, and how.
  static tl::expected<std::shared_ptr<const TlsContext>, std::string> create(const Credentials& credentials,
                                                                             OnFailure on_failure);

  SSL_CTX* get() const { return context_.get(); }
  void tell(const Failure& failure) const {
    if (on_failure_) on_failure_(failure);
  }

 private:
  TlsContext(SslContextPtr context, OnFailure on_failure)
      : context_(std::move(context)), on_failure_(std::move(on_failure)) {}

  const SslContextPtr context_;
  const OnFailure on_failure_;
};

}  // namespace vault_mock::net
