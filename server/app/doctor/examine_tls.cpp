#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <iterator>
#include <sstream>
#include <sys/stat.h>

#include "app/authority/authority.hpp"
#include "app/authority/authority_files.hpp"
#include "app/authority/tls_credentials.hpp"
#include "app/doctor/examine.hpp"
#include "app/files/foreign_file.hpp"
#include "app/machine/machine.hpp"
#include "app/terminal/shell_word.hpp"
#include "net/tls/tls_context.hpp"
#include "net/tls/trust.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;
using std::chrono::sys_seconds;

std::string day_of(sys_seconds time) { return fmt::format("{:%Y-%m-%d}", time); }

// What is wrong with the dates of the certificate now; nothing: they are valid.
std::optional<Finding> examine_dates(const CertificateFacts& facts, sys_seconds now,
                                     const std::string& what_to_do) {
  if (now < facts.valid_from)
    return Finding{Level::problem,
                   fmt::format("TLS: the certificate is not valid before {}", day_of(facts.valid_from)),
                   "check the machine's clock"};
  if (now >= facts.valid_until)
    return Finding{Level::problem,
                   fmt::format("TLS: the certificate expired on {}", day_of(facts.valid_until)), what_to_do};
  return std::nullopt;
}

Finding examine_system_trust(const std::string& pem) {
  if (net::is_trusted_by_system(pem))
    return {Level::fine, "TLS: trusted by this machine's authorities: curl, PHP, Python, Ruby, Go, .NET", ""};
  return {Level::warning, "TLS: not trusted by this machine's authorities: curl, PHP, Python, Ruby, Go, .NET",
          "vault-mock ca shows how to make each of them trust it"};
}

// Node brings its own authorities.
Finding examine_node_trust(const std::string& pem, const fs::path& file) {
  const auto advice = "export NODE_EXTRA_CA_CERTS=" + shell_word(file.string());
  const char* extra = std::getenv("NODE_EXTRA_CA_CERTS");
  if (extra == nullptr || *extra == '\0')
    return {Level::warning, "TLS: not trusted by Node here: NODE_EXTRA_CA_CERTS is not set", advice};
  const auto bundle = read_file(extra);
  if (!bundle)
    return {
        Level::warning,
        fmt::format("TLS: not trusted by Node here: NODE_EXTRA_CA_CERTS names {}, which cannot be read: {}",
                    extra, bundle.error()),
        advice};
  if (net::contains_certificate(*bundle, pem))
    return {Level::fine, "TLS: trusted by Node here, by NODE_EXTRA_CA_CERTS", ""};
  return {
      Level::warning,
      fmt::format("TLS: not trusted by Node here: NODE_EXTRA_CA_CERTS names {}, which does not contain it",
                  extra),
      advice + " (or add it to that file, which may contain several)"};
}

Findings examine_authority(sys_seconds now) {
  const auto folder = state_folder();
  if (!folder) return {{Level::problem, "TLS: " + folder.error(), ""}};
  std::error_code unseen;
  if (!fs::exists(*folder / "ca.pem", unseen) && !unseen)
    return {{Level::warning, fmt::format("TLS: there is no local authority yet in {}", folder->string()),
             "run vault-mock ca: it makes one, as the first start would, and shows how to trust it"}};
  const auto authority = find_or_make_authority(*folder, now);
  if (!authority) return {{Level::problem, "TLS: " + authority.error(), ""}};
  const auto& pem = authority->credentials.certificates;
  const auto remove = "remove " + authority->certificate_file.string() + " and " +
                      authority->key_file.string() +
                      "; the next start makes a new authority, which clients must trust again";
  const auto facts = read_facts(pem);
  if (!facts)
    return {{Level::problem, fmt::format("TLS: {} {}", authority->certificate_file.string(), facts.error()),
             remove}};
  if (auto trouble = examine_dates(*facts, now, remove)) return {std::move(*trouble)};
  if (const auto issued = issue(authority->credentials, {}, now); !issued)
    return {{Level::problem, "TLS: the local authority: " + issued.error(), remove}};

  Findings findings = {{Level::fine,
                        fmt::format("TLS: {} in {}, valid until {}", facts->name,
                                    authority->certificate_file.string(), day_of(facts->valid_until)),
                        ""}};
  struct stat status {};
  if (::stat(authority->key_file.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
    findings.push_back({Level::warning, "TLS: others can read the authority's key",
                        "chmod 600 " + shell_word(authority->key_file.string())});
  findings.push_back(examine_system_trust(pem));
  findings.push_back(examine_node_trust(pem, authority->certificate_file));
  return findings;
}

Findings examine_given(const ServeOptions& options, sys_seconds now) {
  const auto credentials = tls_credentials(options, now);
  if (!credentials) return {{Level::problem, "TLS: " + credentials.error(), ""}};
  if (const auto context = net::TlsContext::create(*credentials, nullptr); !context)
    return {{Level::problem, "TLS: " + context.error(), "check --tls-cert and --tls-key"}};
  const auto facts = read_facts(credentials->certificates);
  if (auto trouble = examine_dates(*facts, now, "get a new one for --tls-cert")) return {std::move(*trouble)};
  return {{Level::fine,
           fmt::format("TLS: the certificate of {}, valid until {}", options.tls.certificate_file,
                       day_of(facts->valid_until)),
           ""},
          examine_system_trust(credentials->certificates)};
}

// The addresses that /etc/hosts gives a name.
std::vector<std::string> addresses_in_hosts_file(const std::string& name) {
  std::vector<std::string> found;
  std::istringstream lines(read_file("/etc/hosts").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string address;
    words >> address;
    if (std::find(std::istream_iterator<std::string>(words), {}, name) !=
        std::istream_iterator<std::string>())
      found.push_back(address);
  }
  return found;
}

Finding examine_names(const ServeOptions& options) {
  const auto own = addresses_of_machine();
  const auto leads_here = [&](const char* name) {
    return std::ranges::any_of(addresses_in_hosts_file(name), [&](const std::string& address) {
      return address.starts_with("127.") || std::ranges::find(own, address) != own.end();
    });
  };
  if (!std::ranges::any_of(kVendorHosts, leads_here))
    return {Level::fine,
            "TLS: /etc/hosts leaves the vendor's names to DNS: code that hard-codes them reaches the real "
            "service",
            ""};
  if (options.tls.port != 443)
    return {Level::warning,
            "TLS: /etc/hosts leads the vendor's names here, but code that hard-codes them uses port 443",
            "--tls-port 443"};
  return {Level::fine, "TLS: /etc/hosts leads the vendor's names here", ""};
}

}  // namespace

Findings examine_tls(const ServeOptions& options, sys_seconds now) {
  auto findings = options.tls.certificate_file.empty() ? examine_authority(now) : examine_given(options, now);
  findings.push_back(examine_names(options));
  return findings;
}

}  // namespace vault_mock::app
