// Whether clients of this machine trust a certificate.
#pragma once

#include <string_view>

namespace vault_mock::net {

// Whether the authorities in OpenSSL's default place, or in SSL_CERT_FILE and SSL_CERT_DIR, vouch for the
// first certificate of `pem`, with the help of the others in it. curl, PHP, Python and Ruby ask there.
bool is_trusted_by_system(std::string_view pem);

// Whether the bundle has that very certificate among its own.
bool contains_certificate(std::string_view bundle, std::string_view pem);

}  // namespace vault_mock::net
