#include "app/authority/authority.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "text/character_set.hpp"

namespace vault_mock::app {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr auto kAuthorityLife = days(3653);
constexpr auto kCertificateLife = days(397);
constexpr auto kClocksDiffer = days(1);  // a container's clock may be behind

using NumberPtr = std::unique_ptr<BIGNUM, net::FreedBy<BN_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, net::FreedBy<GENERAL_NAMES_free>>;

// OpenSSL has no reason to fail here but memory and randomness.
template <typename T>
T* made(T* object) {
  if (object == nullptr) throw std::runtime_error("OpenSSL: " + net::openssl_reason());
  return object;
}

void must(int result) {
  if (result <= 0) throw std::runtime_error("OpenSSL: " + net::openssl_reason());
}

void set_time(ASN1_TIME* field, std::chrono::sys_seconds time) {
  made(ASN1_TIME_set(field, static_cast<time_t>(time.time_since_epoch().count())));
}

// Positive, and never the same twice: 127 random bits.
void set_random_serial(X509& certificate) {
  const NumberPtr number(made(BN_new()));
  must(BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY));
  made(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)));
}

void add_text(X509_NAME* to, const char* field, std::string_view text) {
  must(X509_NAME_add_entry_by_txt(to, field, MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(text.data()),
                                  static_cast<int>(text.size()), -1, 0));
}

// A common name has at most 64 characters.
std::string as_common_name(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, 64)) name += c >= ' ' && c < 0x7F ? c : '?';
  return name;
}

void add_extension(X509& certificate, X509& issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  auto* extension = made(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  const int added = X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
  must(added);
}

struct Address {
  std::array<unsigned char, 16> bytes{};
  int size = 0;  // 0: not an address
};

Address address_of(const std::string& text) {
  Address address;
  if (::inet_pton(AF_INET, text.c_str(), address.bytes.data()) == 1)
    address.size = 4;
  else if (::inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1)
    address.size = 16;
  return address;
}

void add_name(GENERAL_NAMES& names, const std::string& name) {
  auto* entry = made(GENERAL_NAME_new());
  const auto address = address_of(name);
  auto* value = made(address.size > 0 ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new());
  if (address.size > 0)
    must(ASN1_STRING_set(value, address.bytes.data(), address.size));
  else
    must(ASN1_STRING_set(value, name.data(), static_cast<int>(name.size())));
  GENERAL_NAME_set0_value(entry, address.size > 0 ? GEN_IPADD : GEN_DNS, value);
  must(sk_GENERAL_NAME_push(&names, entry));
}

void add_names(X509& certificate, std::span<const std::string> names) {
  const NamesPtr list(made(GENERAL_NAMES_new()));
  for (const auto& name : names) add_name(*list, name);
  must(X509_add1_ext_i2d(&certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT));
}

net::CertificatePtr begin_certificate(std::string_view name, EVP_PKEY& key, std::chrono::sys_seconds now,
                                      days life) {
  net::CertificatePtr certificate(made(X509_new()));
  must(X509_set_version(certificate.get(), X509_VERSION_3));
  set_random_serial(*certificate);
  set_time(X509_getm_notBefore(certificate.get()), now - kClocksDiffer);
  set_time(X509_getm_notAfter(certificate.get()), now - kClocksDiffer + life);
  auto* subject = X509_get_subject_name(certificate.get());
  add_text(subject, "O", "Vault Mock");
  add_text(subject, "CN", as_common_name(name));
  must(X509_set_pubkey(certificate.get(), &key));
  return certificate;
}

std::chrono::sys_seconds time_of(const ASN1_TIME* field) {
  tm parts{};
  ASN1_TIME_to_tm(field, &parts);
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

std::string common_name_of(const X509& certificate) {
  std::array<char, 256> text{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_commonName, text.data(), text.size());
  return text.data();
}

std::string fingerprint_of(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  must(X509_digest(&certificate, EVP_sha256(), digest.data(), &size));
  return fmt::format("{:02X}", fmt::join(digest.begin(), digest.begin() + size, ":"));
}

}  // namespace

net::Credentials make_authority(std::string_view name, std::chrono::sys_seconds now) {
  const net::KeyPtr key(made(EVP_EC_gen("P-256")));
  const auto certificate = begin_certificate(name, *key, now, kAuthorityLife);
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())));
  add_extension(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(*certificate, *certificate, NID_subject_key_identifier, "hash");
  must(X509_sign(certificate.get(), key.get(), EVP_sha256()));
  return {net::write_certificate(*certificate), net::write_key(*key)};
}

tl::expected<net::Credentials, std::string> issue(const net::Credentials& authority,
                                                  std::span<const std::string> names,
                                                  std::chrono::sys_seconds now) {
  const auto issuers = net::read_certificates(authority.certificates);
  if (!issuers) return tl::unexpected("its certificate " + issuers.error());
  const auto signing_key = net::read_key(authority.key);
  if (!signing_key) return tl::unexpected("its key " + signing_key.error());
  auto& issuer = *issuers->front();
  if (X509_check_private_key(&issuer, signing_key->get()) != 1) {
    net::openssl_reason();
    return tl::unexpected(std::string("its key does not belong to its certificate"));
  }
  if (const auto end = time_of(X509_get0_notAfter(&issuer)); end <= now)
    return tl::unexpected(
        fmt::format("it has expired ({} days ago)", std::chrono::floor<days>(now - end).count()));

  const net::KeyPtr key(made(EVP_EC_gen("P-256")));
  const auto certificate = begin_certificate("Vault Mock", *key, now, kCertificateLife);
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(&issuer)));
  add_extension(*certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(*certificate, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(*certificate, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(*certificate, issuer, NID_subject_key_identifier, "hash");
  add_extension(*certificate, issuer, NID_authority_key_identifier, "keyid:always");
  add_names(*certificate, names);
  must(X509_sign(certificate.get(), signing_key->get(), EVP_sha256()));
  return net::Credentials{net::write_certificate(*certificate), net::write_key(*key)};
}

bool is_certificate_name(std::string_view name) {
  if (address_of(std::string(name)).size > 0) return true;
  if (name.starts_with("*.")) name.remove_prefix(2);
  static constexpr auto kAllowed = text::kAsciiLettersAndDigits.with("-_.");
  return !name.empty() && name.size() <= 253 && kAllowed.contains_all(name) && !name.starts_with('.') &&
         !name.ends_with('.') && name.find("..") == name.npos;
}

tl::expected<CertificateFacts, std::string> read_facts(std::string_view pem) {
  const auto certificates = net::read_certificates(pem);
  if (!certificates) return tl::unexpected(certificates.error());
  auto& certificate = *certificates->front();
  return CertificateFacts{.name = common_name_of(certificate),
                          .fingerprint = fingerprint_of(certificate),
                          .valid_from = time_of(X509_get0_notBefore(&certificate)),
                          .valid_until = time_of(X509_get0_notAfter(&certificate)),
                          .is_authority = X509_check_ca(&certificate) > 0};
}

}  // namespace vault_mock::app
