#include "vault/jwt.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <optional>

#include "text/json/json_document.hpp"
#include "vault/base64url.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

// HMAC (RFC 2104) over OpenSSL's SHA256_* functions. They are deprecated, but EVP_MAC looks its algorithm up
// by name, which costs a fifth of the program's start, and six allocations for every signature.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

constexpr std::size_t kBlock = SHA256_CBLOCK;
constexpr std::size_t kDigest = SHA256_DIGEST_LENGTH;

void update(SHA256_CTX& hash, std::string_view bytes) { SHA256_Update(&hash, bytes.data(), bytes.size()); }

std::string finish(SHA256_CTX hash) {
  std::string digest(kDigest, '\0');
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &hash);
  return digest;
}

// Keeps what was hashed of the last key.
class Hmac {
 public:
  std::string operator()(std::string_view key, std::string_view message) {
    if (key_ != key) prepare(key);
    auto inner = inner_;
    update(inner, message);
    auto outer = outer_;
    update(outer, finish(inner));
    return finish(outer);
  }

 private:
  void prepare(std::string_view key) {
    key_ = key;
    std::string block(key);
    if (block.size() > kBlock) {
      SHA256_CTX hash;
      SHA256_Init(&hash);
      update(hash, key);
      block = finish(hash);
    }
    block.resize(kBlock, '\0');
    start(inner_, block, 0x36);
    start(outer_, block, 0x5c);
  }

  static void start(SHA256_CTX& hash, std::string block, char pad) {
    for (auto& byte : block) byte = static_cast<char>(byte ^ pad);
    SHA256_Init(&hash);
    update(hash, block);
  }

  std::optional<std::string> key_;
  SHA256_CTX inner_{};
  SHA256_CTX outer_{};
};

#pragma GCC diagnostic pop

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
