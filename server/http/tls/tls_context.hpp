// What all connections of one HTTPS port share: the certificate, the key, and which TLS is spoken (1.2
// and 1.3).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/tls/openssl.hpp"
#include "http/tls/pem.hpp"

namespace vault_mock::http {

class TlsContext {
 public:
  // Told, in a sentence for people, why a client and the server did not come to terms. Called from many
  // threads at once.
  using OnFailure = std::function<void(std::string_view)>;

  // The error is a sentence: which of the two is wrong, and how.
  static tl::expected<std::shared_ptr<const TlsContext>, std::string> create(const Credentials& credentials,
                                                                             OnFailure on_failure);

  SSL_CTX* get() const { return context_.get(); }
  void tell_failure(std::string_view sentence) const {
    if (on_failure_) on_failure_(sentence);
  }

 private:
  TlsContext(SslContextPtr context, OnFailure on_failure)
      : context_(std::move(context)), on_failure_(std::move(on_failure)) {}

  const SslContextPtr context_;
  const OnFailure on_failure_;
};

}  // namespace vault_mock::http
