#include "net/tls/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace vault_mock::net {
namespace {

BioPtr reading(std::string_view text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string bio_text(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

// A server has nobody to ask for a passphrase.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

}  // namespace

tl::expected<std::vector<CertificatePtr>, std::string> read_certificates(std::string_view pem) {
  const auto bio = reading(pem);
  std::vector<CertificatePtr> found;
  while (auto* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
    found.emplace_back(certificate);
  const auto error = ERR_peek_last_error();
  const bool at_end = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
  const auto reason = openssl_reason();
  if (!at_end) return tl::unexpected("holds a broken certificate (" + reason + ")");
  if (found.empty())
    return tl::unexpected(std::string("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"));
  return found;
}

tl::expected<KeyPtr, std::string> read_key(std::string_view pem) {
  const auto bio = reading(pem);
  bool asked = false;
  KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, &asked));
  const auto reason = openssl_reason();
  if (key) return key;
  if (asked)
    return tl::unexpected(std::string(
        "is protected by a passphrase, which nobody can type here: write it without (openssl pkey)"));
  if (pem.find("PRIVATE KEY-----") == pem.npos)
    return tl::unexpected(std::string("holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)"));
  return tl::unexpected("holds a broken key (" + reason + ")");
}

std::string write_certificate(const X509& certificate) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), const_cast<X509*>(&certificate));
  return bio_text(bio.get());
}

std::string write_key(const EVP_PKEY& key) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(bio.get(), const_cast<EVP_PKEY*>(&key), nullptr, nullptr, 0, nullptr,
                                nullptr);
  return bio_text(bio.get());
}

std::string openssl_reason() {
  const auto error = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(error);
  return reason == nullptr ? "of unknown reason" : reason;
}

}  // namespace vault_mock::net
