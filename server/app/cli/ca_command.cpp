// `vault-mock ca`: the local certificate authority, and how clients learn to trust it.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <memory>

#include "app/authority/authority.hpp"
#include "app/authority/authority_files.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/terminal/print.hpp"
#include "app/terminal/shell_word.hpp"

namespace vault_mock::app {
namespace {

constexpr int kUnavailable = 2;

struct CaOptions {
  bool path = false, pem = false;  // neither: the whole explanation
};

int ca_failed(const std::string& why) {
  complain("vault-mock ca", why);
  return kUnavailable;
}

// {name}, {file}, {key}, {fingerprint}, {until}; {path} is the file as a word of a shell.
constexpr std::string_view kExplanation = R"({name}, the local certificate authority of vault-mock --tls

  certificate  {file}
  SHA-256      {fingerprint}
  valid until  {until}

Anyone who has its key ({key}) can pose as any site to clients that trust the certificate.
Only this user may read the key. Leave it where it is, and give others the certificate alone.

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
            both replace the system's authorities, so real sites are no longer trusted
  .NET      uses the authorities of the system:
  Debian    sudo cp {path} /usr/local/share/ca-certificates/vault-mock.crt && sudo update-ca-certificates
  Fedora    sudo trust anchor {path}
  macOS     sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {path}
  Windows   certutil -addstore -user Root ca.pem
  Chrome    on Linux: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n vault-mock -i {path}
            elsewhere it uses those of the system
  Firefox   Settings, Privacy & Security, View Certificates, Authorities, Import

Code that hard-codes https://unify.apideck.com reaches the mock with --tls-port 443 and a line in /etc/hosts
(127.0.0.1 unify.apideck.com vault.apideck.com vaultjs.apideck.com) or a network alias of a container.
vault-mock doctor --tls lists what is still missing.
)";

// Makes the authority if there is none. The exit code: 0, or 2 if there is an error (standard error says
// which).
int ca(const CaOptions& options) {
  const auto folder = state_folder();
  if (!folder) return ca_failed(folder.error());
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto authority = find_or_make_authority(*folder, now);
  if (!authority) return ca_failed(authority.error());
  const auto file = authority->certificate_file.string();
  const auto facts = read_facts(authority->credentials.certificates);
  if (!facts) return ca_failed(file + " " + facts.error() + ". Remove it; the next start makes a new one");

  if (options.path)
    print(file + "\n");
  else if (options.pem)
    print(authority->credentials.certificates);
  else
    print(fmt::format(kExplanation, fmt::arg("name", facts->name), fmt::arg("file", file),
                      fmt::arg("path", shell_word(file)), fmt::arg("key", authority->key_file.string()),
                      fmt::arg("fingerprint", facts->fingerprint),
                      fmt::arg("until", fmt::format("{:%Y-%m-%d}", facts->valid_until))));
  return 0;
}

}  // namespace

Command ca_command() {
  const auto options = std::make_shared<CaOptions>();
  auto path = flag("--path", options->path, "Print only the path of the certificate");
  path.excludes = "--pem";
  return {.name = "ca",
          .about = "Show the certificate authority of --tls, and how clients learn to trust it.",
          .examples = {{"export NODE_EXTRA_CA_CERTS=\"$(vault-mock ca --path)\"", ""},
                       {"vault-mock ca --pem | docker exec -i app tee /etc/ssl/vault-mock.pem", ""}},
          .groups = {{"Output",
                      {std::move(path), flag("--pem", options->pem, "Print only the certificate, as PEM")}}},
          .notes = {"The authority is made when it does not exist yet, and stays the same until its files "
                    "are removed."},
          .run = [options] { return ca(*options); }};
}

}  // namespace vault_mock::app
