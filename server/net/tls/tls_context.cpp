#include "net/tls/tls_context.hpp"

#include <openssl/err.h>
#include <utility>

namespace vault_mock::net {
namespace {

// HTTP/1.1 is what we speak. A client that offers other protocols only gets no answer to its offer, and may
// still try.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kOurs, sizeof kOurs - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

void settle(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  // Many clients close their side without TLS's own words for it. HTTP says how long a request is, so what
  // came before that end is whole, and is answered.
  SSL_CTX_set_options(context,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Tickets resume sessions of TLS 1.2, and the client keeps them: a cache of ours would only grow. Those of
  // TLS 1.3 are sent behind the handshake, where they would blur a fault: Node takes a reset for an end while
  // they are unread, and an answer without a byte would not be one.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  // As send() does it: take what there is room for, from wherever the bytes are by now. Idle connections give
  // their buffers back.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

}  // namespace

auto TlsContext::create(const Credentials& credentials, OnFailure on_failure)
    -> tl::expected<std::shared_ptr<const TlsContext>, std::string> {
  auto certificates = read_certificates(credentials.certificates);
  if (!certificates) return tl::unexpected("the certificate file " + certificates.error());
  const auto key = read_key(credentials.key);
  if (!key) return tl::unexpected("the key file " + key.error());

  SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  settle(context.get());
  if (SSL_CTX_use_certificate(context.get(), certificates->front().get()) != 1)
    return tl::unexpected("the certificate cannot be used: " + openssl_reason());
  for (auto at = certificates->begin() + 1; at != certificates->end(); ++at)
    SSL_CTX_add1_chain_cert(context.get(), at->get());
  if (X509_check_private_key(certificates->front().get(), key->get()) != 1) {
    ERR_clear_error();
    return tl::unexpected(std::string("the key is not that of the certificate"));
  }
  if (SSL_CTX_use_PrivateKey(context.get(), key->get()) != 1)
    return tl::unexpected("the key cannot be used: " + openssl_reason());
  return std::shared_ptr<const TlsContext>(new TlsContext(std::move(context), std::move(on_failure)));
}

}  // namespace vault_mock::net
