#include "app/authority/tls_credentials.hpp"

#include <algorithm>
#include <utility>

#include "app/authority/authority.hpp"
#include "app/authority/authority_files.hpp"
#include "app/files/foreign_file.hpp"
#include "app/machine/machine.hpp"

namespace vault_mock::app {
namespace {

tl::expected<net::Credentials, std::string> given_credentials(const TlsOptions& tls) {
  auto certificate = read_argument(tls.certificate_file);
  if (!certificate)
    return tl::unexpected("cannot read --tls-cert '" + tls.certificate_file + "': " + certificate.error());
  auto key = read_argument(tls.key_file);
  if (!key) return tl::unexpected("cannot read --tls-key '" + tls.key_file + "': " + key.error());
  return net::Credentials{std::move(*certificate), std::move(*key)};
}

}  // namespace

std::vector<std::string> certificate_names(const ServeOptions& options) {
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (is_certificate_name(name) && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const auto* name :
       {"localhost", "*.localhost", "vault-mock", "host.docker.internal", "host.containers.internal"})
    add(name);
  for (const auto* name : kVendorHosts) add(name);
  for (const auto& name : options.tls.names) add(name);
  for (const auto& address : addresses_of_machine()) add(address);
  add(name_of_machine());
  if (options.host != "0.0.0.0" && options.host != "::") add(options.host);
  return names;
}

tl::expected<net::Credentials, std::string> tls_credentials(const ServeOptions& options,
                                                            std::chrono::sys_seconds now) {
  if (!options.tls.certificate_file.empty()) return given_credentials(options.tls);
  const auto folder = state_folder();
  if (!folder) return tl::unexpected(folder.error());
  const auto authority = find_or_make_authority(*folder, now);
  if (!authority) return tl::unexpected(authority.error());
  auto issued = issue(authority->credentials, certificate_names(options), now);
  if (!issued)
    return tl::unexpected("the local certificate authority in " + folder->string() + ": " + issued.error() +
                          ". Remove " + authority->certificate_file.string() + " and " +
                          authority->key_file.string() +
                          "; the next start makes a new one, which clients must trust again");
  return issued;
}

}  // namespace vault_mock::app
