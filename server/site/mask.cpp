#include "site/mask.hpp"

#include "text/authorization.hpp"
#include "text/hex.hpp"
#include "text/secret_header.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::site {

std::string Mask::masked(std::string_view authorization) const {
  const auto [scheme, credential] = text::read_authorization(authorization);
  std::string shown(scheme);
  if (credential.empty()) return shown;
  if (!scheme.empty()) shown += ' ';
  return shown.append(text::recognizable_part(credential)).append("…#").append(hash(credential, 4));
}

std::string Mask::shown(std::string_view header, std::string_view value) const {
  return text::is_secret_header(header) ? masked(value) : std::string(value);
}

std::string Mask::hash(std::string_view secret, std::size_t bytes) const {
  return text::hex(vault::hmac_sha256(key_, secret).substr(0, bytes));
}

}  // namespace vault_mock::site
