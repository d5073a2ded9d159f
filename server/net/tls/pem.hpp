// Certificates and keys as the text that files of them hold (PEM).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "net/tls/openssl.hpp"

namespace vault_mock::net {

// A certificate, those that vouch for it behind it, and the key of the first.
struct Credentials {
  std::string certificates;
  std::string key;
};

// All certificates in the text, at least one. The error is a clause for people: "holds no certificate …".
tl::expected<std::vector<CertificatePtr>, std::string> read_certificates(std::string_view pem);

// The first private key in the text, which may not ask for a passphrase.
tl::expected<KeyPtr, std::string> read_key(std::string_view pem);

std::string write_certificate(const X509& certificate);
std::string write_key(const EVP_PKEY& key);  // PKCS #8, in the clear

// What OpenSSL says went wrong last in this thread; forgets it.
std::string openssl_reason();

}  // namespace vault_mock::net
