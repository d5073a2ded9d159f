#include "redis/tls_session.hpp"

#include <array>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <utility>

#include "net/tls/pem.hpp"

namespace vault_mock::redis {
namespace {

bool is_file(const char* path) {
  struct stat facts {};
  return ::stat(path, &facts) == 0 && S_ISREG(facts.st_mode);  // reading a pipe would wait
}

// Where distributions have the certificates that they trust, if not where OpenSSL was built to look.
constexpr std::array kBundles{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                              "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};

int count_of_trusted(SSL_CTX* context) {
  return sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(context)));
}

// Whether there is anything to trust then. OpenSSL looks into a folder of certificates when it needs one, so
// that counts where the system has OpenSSL.
bool trust_system(SSL_CTX* context) {
  SSL_CTX_set_default_verify_paths(context);
  for (const auto* bundle : kBundles) {
    if (count_of_trusted(context) > 0) break;
    if (is_file(bundle)) SSL_CTX_load_verify_file(context, bundle);
  }
  ERR_clear_error();
  return count_of_trusted(context) > 0 || is_file("/etc/ssl/openssl.cnf");
}

bool is_numeric(const std::string& host) {
  ASN1_OCTET_STRING* octets = a2i_IPADDRESS(host.c_str());
  ASN1_OCTET_STRING_free(octets);
  ERR_clear_error();
  return octets != nullptr;
}

// SNI is for names alone (RFC 6066, section 3).
void expect(SSL* ssl, const std::string& host) {
  if (is_numeric(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else {
    SSL_set1_host(ssl, host.c_str());
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  }
}

std::string names_in(X509* certificate) {
  std::string names;
  const std::unique_ptr<GENERAL_NAMES, net::FreedBy<GENERAL_NAMES_free>> list(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
    const net::BioPtr text(BIO_new(BIO_s_mem()));
    GENERAL_NAME_print(text.get(), sk_GENERAL_NAME_value(list.get(), i));
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(text.get(), &bytes);
    const std::string_view name(bytes, static_cast<std::size_t>(size));  // "DNS:cache", "IP Address:::1"
    names += (names.empty() ? "" : ", ") + std::string(name.substr(name.find(':') + 1));
  }
  return names;
}

}  // namespace

auto TlsSession::create(const Url& url, const Address& address)
    -> tl::expected<std::unique_ptr<TlsSession>, std::string> {
  const net::SslContextPtr context(SSL_CTX_new(TLS_client_method()));
  if (!context) return tl::unexpected("TLS cannot begin: " + net::openssl_reason());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  bool has_any_trust = true;
  if (url.is_any_certificate) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  } else {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (url.ca_file.empty()) {
      has_any_trust = trust_system(context.get());
    } else if (!is_file(url.ca_file.c_str())) {
      return tl::unexpected("there is no file of certificates to trust at ca=" + url.ca_file);
    } else if (SSL_CTX_load_verify_file(context.get(), url.ca_file.c_str()) != 1) {
      return tl::unexpected("the file of certificates to trust, ca=" + url.ca_file +
                            ", cannot be used: " + net::openssl_reason());
    }
  }
  net::SslPtr ssl(SSL_new(context.get()));
  if (!ssl) return tl::unexpected("TLS cannot begin: " + net::openssl_reason());
  if (!url.is_any_certificate) expect(ssl.get(), address.host);
  if (!is_numeric(address.host)) SSL_set_tlsext_host_name(ssl.get(), address.host.c_str());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(ssl.get());
  return std::unique_ptr<TlsSession>(new TlsSession(std::move(ssl), has_any_trust));
}

bool TlsSession::is_established() const { return SSL_is_init_finished(ssl_.get()) == 1; }

void TlsSession::take_output(std::string& out) {
  char* bytes = nullptr;
  auto* bio = SSL_get_wbio(ssl_.get());
  const auto size = BIO_get_mem_data(bio, &bytes);
  if (size > 0) out.append(bytes, static_cast<std::size_t>(size));
  BIO_reset(bio);
}

tl::expected<std::string, std::string> TlsSession::decrypt(std::string_view bytes, std::string& out) {
  if (!problem_.empty()) return tl::unexpected(problem_);
  ERR_clear_error();
  if (!bytes.empty()) BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
  std::string text;
  char buffer[16 * 1024];
  int result = is_established() ? 1 : SSL_do_handshake(ssl_.get());
  while (result > 0) {
    std::size_t size = 0;
    result = SSL_read_ex(ssl_.get(), buffer, sizeof buffer, &size);
    if (result > 0) text.append(buffer, size);
  }
  const bool is_waiting = SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ;
  if (!is_waiting) problem_ = problem(result);
  take_output(out);
  if (!is_waiting && text.empty()) return tl::unexpected(problem_);
  return text;
}

void TlsSession::encrypt(std::string_view text, std::string& out) {
  std::size_t size = 0;
  ERR_clear_error();
  if (!text.empty() && SSL_write_ex(ssl_.get(), text.data(), text.size(), &size) != 1)
    problem_ = "TLS failed: " + net::openssl_reason();
  take_output(out);
}

std::string TlsSession::problem(int result) const {
  if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_ZERO_RETURN) return "the server closed the connection";
  const auto code = ERR_peek_error();
  const auto reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
  if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
    ERR_clear_error();
    return distrust(SSL_get_verify_result(ssl_.get()));
  }
  const auto words = net::openssl_reason();
  if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)
    return "it does not speak TLS; without it, its address begins with redis://";
  if (reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED || reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)
    return "the server refused (" + words +
           "): it may ask for a certificate of its clients, which none here has (tls-auth-clients no)";
  return "TLS failed: " + words;
}

std::string TlsSession::distrust(long why) const {
  const std::unique_ptr<X509, net::FreedBy<X509_free>> certificate(SSL_get1_peer_certificate(ssl_.get()));
  switch (why) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: {
      const auto names = certificate ? names_in(certificate.get()) : std::string();
      return "its certificate is for another name" + (names.empty() ? "" : " (" + names + ")");
    }
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return std::string("its certificate is not from an authority that is trusted here") +
             (has_any_trust_ ? "" : ": this system has no certificates to trust") +
             "; ca=FILE in the address names the authority's certificate";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "its certificate has expired";
    default:
      return std::string("its certificate cannot be trusted: ") + X509_verify_cert_error_string(why);
  }
}

}  // namespace vault_mock::redis
