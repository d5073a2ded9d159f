#include "net/tls/trust.hpp"

#include <algorithm>
#include <openssl/err.h>

#include "net/tls/pem.hpp"

namespace vault_mock::net {
namespace {

using StorePtr = std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>>;
using VerificationPtr = std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using StackPtr = std::unique_ptr<STACK_OF(X509), FreeStack>;  // its certificates are others'

}  // namespace

bool is_trusted_by_system(std::string_view pem) {
  const auto certificates = read_certificates(pem);
  if (!certificates) return false;
  const StorePtr store(X509_STORE_new());
  X509_STORE_set_default_paths(store.get());
  const StackPtr helpers(sk_X509_new_null());
  for (const auto& certificate : *certificates) sk_X509_push(helpers.get(), certificate.get());
  const VerificationPtr verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store.get(), certificates->front().get(), helpers.get());
  const bool trusted = X509_verify_cert(verification.get()) == 1;
  ERR_clear_error();
  return trusted;
}

bool contains_certificate(std::string_view bundle, std::string_view pem) {
  const auto all = read_certificates(bundle);
  const auto wanted = read_certificates(pem);
  return all && wanted && std::ranges::any_of(*all, [&](const CertificatePtr& certificate) {
           return X509_cmp(certificate.get(), wanted->front().get()) == 0;
         });
}

}  // namespace vault_mock::net
