#include "app/cli/ca.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "app/authority/authority.hpp"
#include "app/authority/authority_files.hpp"
#include "app/cli/print.hpp"
#include "app/cli/shell_word.hpp"

namespace vault_mock::app {
namespace {

constexpr int kUnavailable = 2;

int ca_failed(const std::string& why) {
  complain("vault-mock ca", why);
  return kUnavailable;
}

// {name}, {file}, {key}, {fingerprint}, {until}; {path} is the file as a word of a shell.
constexpr std::string_view kExplanation = R"({name}, the local certificate authority of vault-mock --tls

  certificate  {file}
  SHA-256      {fingerprint}
  valid until  {until}

Whoever has its key ({key}) can pose as any site to those who trust the certificate.
The key is for this user's eyes alone: leave it where it is, and hand out the certificate only.

How clients learn to trust it:

  Node      export NODE_EXTRA_CA_CERTS={path}
            node reads it when it starts, not when process.env changes
  curl      curl --cacert {path} https://localhost:4443/_mock/health
  PHP       php -d openssl.cafile={path} -d curl.cainfo={path} …
            or the same two lines in php.ini
  Java      keytool -importcert -noprompt -alias vault-mock -file {path} -keystore trust.p12 -storepass changeit
            java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit …
  Python    export REQUESTS_CA_BUNDLE={path}    (requests)
            export SSL_CERT_FILE={path}         (ssl, httpx; Go and Ruby read it, too)
            both in place of the authorities of the system: real sites are not trusted then
  .NET      takes those of the system:
  Debian    sudo cp {path} /usr/local/share/ca-certificates/vault-mock.crt && sudo update-ca-certificates
  Fedora    sudo trust anchor {path}
  macOS     sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {path}
  Windows   certutil -addstore -user Root ca.pem
  Chrome    on Linux: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n vault-mock -i {path}
            elsewhere it takes those of the system
  Firefox   Settings, Privacy & Security, View Certificates, Authorities, Import

Code that hard-codes https://unify.apideck.com is served when that name leads here as well: by a line in /etc/hosts
(127.0.0.1 unify.apideck.com vault.apideck.com vaultjs.apideck.com) or a network alias of a container, and
--tls-port 443. vault-mock doctor --tls tells what is still missing.
)";

}  // namespace

int ca(const CaOptions& options) {
  const auto folder = state_folder();
  if (!folder) return ca_failed(folder.error());
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto authority = find_or_make_authority(*folder, now);
  if (!authority) return ca_failed(authority.error());
  const auto file = authority->certificate_file.string();
  const auto facts = read_facts(authority->credentials.certificates);
  if (!facts) return ca_failed(file + " " + facts.error() + ". Remove it: the next start makes a new one");

  std::string text;
  switch (options.show) {
    case CaOptions::Show::path:
      text = file + "\n";
      break;
    case CaOptions::Show::certificate:
      text = authority->credentials.certificates;
      break;
    case CaOptions::Show::explanation:
      text = fmt::format(kExplanation, fmt::arg("name", facts->name), fmt::arg("file", file),
                         fmt::arg("path", shell_word(file)), fmt::arg("key", authority->key_file.string()),
                         fmt::arg("fingerprint", facts->fingerprint),
                         fmt::arg("until", fmt::format("{:%Y-%m-%d}", facts->valid_until)));
      break;
  }
  print(text);
  return 0;
}

}  // namespace vault_mock::app
