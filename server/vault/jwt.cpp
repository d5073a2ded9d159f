#include "vault/jwt.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdexcept>

#include "text/json.hpp"
#include "vault/base64url.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::string digest(32, '\0');
  unsigned int length = 0;
  const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                          reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                          reinterpret_cast<unsigned char*>(digest.data()), &length);
  if (done == nullptr || length != digest.size()) throw std::runtime_error("HMAC-SHA-256 failed");
  return digest;
}

std::string sign_jwt(std::string_view payload, std::string_view secret) {
  static const std::string header = [] {
    std::string encoded;
    append_base64url(encoded, kHeader);
    return encoded + ".";
  }();
  std::string token;
  token.reserve(header.size() + payload.size() * 4 / 3 + 48);
  token = header;
  append_base64url(token, payload);
  const auto signature = hmac_sha256(secret, token);
  token += '.';
  append_base64url(token, signature);
  return token;
}

tl::expected<nlohmann::json, JwtFault> verify_jwt(std::string_view token, std::string_view secret) {
  const auto malformed = tl::unexpected(JwtFault::malformed);
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == token.npos || last == first || token.find('.', first + 1) != last) return malformed;
  const auto header_text = decode_base64url(token.substr(0, first));
  const auto payload_text = decode_base64url(token.substr(first + 1, last - first - 1));
  const auto signature = decode_base64url(token.substr(last + 1));
  if (!header_text || !payload_text || !signature) return malformed;
  const auto header = text::read_json(*header_text);
  auto payload = text::read_json(*payload_text);
  if (!header || !payload || !header->value.is_object() || !payload->value.is_object()) return malformed;
  if (header->value.value("alg", nlohmann::json()) != "HS256") return malformed;
  const auto expected = hmac_sha256(secret, token.substr(0, last));
  if (signature->size() != expected.size() ||
      CRYPTO_memcmp(signature->data(), expected.data(), expected.size()) != 0)
    return tl::unexpected(JwtFault::bad_signature);
  return std::move(payload->value);
}

bool looks_like_jwt(std::string_view credential) {
  const auto first = credential.find('.');
  return credential.starts_with("eyJ") && first != credential.npos &&
         credential.find('.', first + 1) != credential.npos;
}

}  // namespace vault_mock::vault
