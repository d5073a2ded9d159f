// A certificate authority of one's own: made once, trusted by whoever chooses to, and then good for as many
// certificates as are needed.
//
// Keys are of the curve P-256, signatures ECDSA with SHA-256: what every client of today takes, and quick to
// make. No wall clock in here; all that is random is keys and serial numbers.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "net/tls/pem.hpp"

namespace vault_mock::app {

// Good for ten years. `name` tells it from others in a trust store.
net::Credentials make_authority(std::string_view name, std::chrono::sys_seconds now);

// A certificate of the authority for these host names ("localhost", "*.test") and addresses ("127.0.0.1",
// "::1"), with a key of its own; good for 397 days, more than which browsers refuse. The error: what is wrong
// with the authority.
tl::expected<net::Credentials, std::string> issue(const net::Credentials& authority,
                                                  std::span<const std::string> names,
                                                  std::chrono::sys_seconds now);

// Whether a certificate can be issued for it: letters, digits, '-', '_' and dots, one '*' in front; or an
// address.
bool is_certificate_name(std::string_view name);

// What is worth knowing of a certificate.
struct CertificateFacts {
  std::string name;         // the common name of its subject
  std::string fingerprint;  // SHA-256, "AB:CD:…"
  std::chrono::sys_seconds valid_from, valid_until;
  bool is_authority = false;
};
tl::expected<CertificateFacts, std::string> read_facts(std::string_view pem);

}  // namespace vault_mock::app
