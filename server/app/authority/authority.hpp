// A local certificate authority: made once, trusted by the clients of a developer, and able to sign any
// number of certificates.
//
// Keys are of the curve P-256, signatures ECDSA with SHA-256: every current client accepts them, and they are
// quick to make. The time is an argument; keys and serial numbers are random. Where OpenSSL itself fails (no
// memory, no randomness), these functions throw std::runtime_error.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "net/tls/pem.hpp"

namespace vault_mock::app {

// Valid for ten years. `name` tells it from others in a trust store.
net::Credentials make_authority(std::string_view name, std::chrono::sys_seconds now);

// A certificate of the authority for these host names ("localhost", "*.test") and addresses ("127.0.0.1",
// "::1"), with a key of its own; valid for 397 days, as browsers refuse longer ones. The error says what is
// wrong with the authority.
tl::expected<net::Credentials, std::string> issue(const net::Credentials& authority,
                                                  std::span<const std::string> names,
                                                  std::chrono::sys_seconds now);

// Whether a certificate can be issued for it: letters, digits, '-', '_' and dots, one '*' in front; or an
// address.
bool is_certificate_name(std::string_view name);

// What is shown of a certificate.
struct CertificateFacts {
  std::string name;         // the common name of its subject
  std::string fingerprint;  // SHA-256, "AB:CD:…"
  std::chrono::sys_seconds valid_from, valid_until;
  bool is_authority = false;
};
tl::expected<CertificateFacts, std::string> read_facts(std::string_view pem);

}  // namespace vault_mock::app
