#include "vault/jwt.hpp"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <optional>
#include <stdexcept>

#include "text/json/json_document.hpp"
#include "vault/base64url.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

// OpenSSL looks an algorithm up by its name, and prepares a key, which together takes longer than the
// hashing: each thread does the first once, and the second when the key is another than before.
class Hmac {
 public:
  Hmac() {
    auto* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context_.reset(EVP_MAC_CTX_new(mac));
    EVP_MAC_free(mac);
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                     OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(context_.get(), parameters);
  }

  std::string operator()(std::string_view key, std::string_view message) {
    std::string digest(32, '\0');
    std::size_t length = 0;
    const bool done = begin(key) &&
                      EVP_MAC_update(context_.get(), reinterpret_cast<const unsigned char*>(message.data()),
                                     message.size()) == 1 &&
                      EVP_MAC_final(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), &length,
                                    digest.size()) == 1;
    if (!done || length != digest.size()) throw std::runtime_error("HMAC-SHA-256 failed");
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  };

  bool begin(std::string_view key) {
    // No key at all means "the key of before" to OpenSSL.
    if (key_ == key) return EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1;
    key_ = key;
    return EVP_MAC_init(context_.get(), reinterpret_cast<const unsigned char*>(key_->c_str()), key_->size(),
                        nullptr) == 1;
  }

  std::unique_ptr<EVP_MAC_CTX, Free> context_;
  std::optional<std::string> key_;
};

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message) {
  thread_local Hmac hmac;
  return hmac(key, message);
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
