#include "app/doctor/examine.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "app/machine/bind_words.hpp"
#include "app/machine/local_url.hpp"
#include "app/probe.hpp"
#include "app/rule_files/catalogue_file.hpp"
#include "app/rule_files/rule_files.hpp"
#include "app/terminal/shell_word.hpp"
#include "contract/contract.hpp"
#include "engine/names_of_contract.hpp"
#include "net/listener.hpp"
#include "text/ascii.hpp"
#include "text/counted.hpp"
#include "text/embedded.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using Level = Finding::Level;
using std::chrono::sys_seconds;

// A clock that is right shows no time before this was written.
constexpr sys_seconds kWritten = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
constexpr sys_seconds kFarOff = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);

std::string date_text(sys_seconds time) { return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", time); }

// "3 days", "2 hours": the largest unit that fits.
std::string span_text(std::chrono::seconds time) {
  const auto count = std::abs(time.count());
  if (count >= 172'800) return fmt::format("{} days", count / 86'400);
  if (count >= 7'200) return fmt::format("{} hours", count / 3'600);
  return fmt::format("{} minutes", std::max<std::int64_t>(count / 60, 1));
}

Finding examine_port(const std::string& host, int port, const char* option, net::Scheme scheme) {
  const auto number = static_cast<std::uint16_t>(port);
  const auto protocol = scheme == net::Scheme::https ? "HTTPS" : "HTTP";
  if (const auto listener = net::Listener::open(host, number)) {
    const auto which = port == 0 ? "some port" : fmt::format("port {}", port);
    return {Level::fine, fmt::format("{}: {} of {} is free", protocol, which, host), ""};
  } else if (listener.error().code == EADDRINUSE) {
    const auto health = probe({.scheme = scheme, .host = local_host(host), .port = number});
    if (health)
      return {
          Level::warning,
          fmt::format("{}: a mock serves port {} of {} already, with {}", protocol, port, host,
                      text::counted(health->rules, "rule")),
          fmt::format("a second mock needs another port: choose one with {} (0 takes any free one)", option)};
    const auto words = bind_words(listener.error(), port, option);
    return {Level::problem, fmt::format("{}: {}: {}", protocol, words.trouble, health.error()), words.remedy};
  } else {
    const auto words = bind_words(listener.error(), port, option);
    return {Level::problem, fmt::format("{}: {}", protocol, words.trouble), words.remedy};
  }
}

// When the program was installed: a clock that is right shows no earlier time. Nothing: the system does not
// say.
std::optional<sys_seconds> program_time() {
  std::error_code error;
  const auto time = std::filesystem::last_write_time("/proc/self/exe", error);
  if (error) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Of what `check` shows in full. The mistakes have an error.
Finding mistakes_finding(std::string_view what, const std::vector<rules::Mistake>& mistakes,
                         const ServeOptions& options) {
  std::string files;
  for (const auto& path : options.fixtures) files += " " + shell_word(path);
  const auto errors = static_cast<std::size_t>(
      std::ranges::count(mistakes, rules::Severity::error, &rules::Mistake::severity));
  const auto first = std::ranges::find(mistakes, rules::Severity::error, &rules::Mistake::severity);
  return {Level::problem,
          fmt::format("{}: {}, first in {}: {}", what, text::counted(errors, "mistake"), first->file,
                      rules::sentence(*first)),
          "vault-mock check" + files + " shows each with its place"};
}

}  // namespace

Findings examine_environment(const ServeOptions& options) {
  Findings findings;
  for (const auto& warning : options.warnings)
    findings.push_back({Level::warning, "environment: " + warning, ""});
  return findings;
}

Findings examine_ports(const ServeOptions& options) {
  Findings findings = {examine_port(options.host, options.port, "--port", net::Scheme::http)};
  if (!options.tls.enabled) return findings;
  if (options.tls.port == options.port && options.port != 0)
    findings.push_back({Level::problem,
                        fmt::format("HTTPS: port {} is the port of HTTP as well", options.port),
                        "choose another port with --tls-port"});
  else
    findings.push_back(examine_port(options.host, options.tls.port, "--tls-port", net::Scheme::https));
  return findings;
}

Findings examine_rules(const ServeOptions& options) {
  const contract::Contract contract(text::embedded_file("server/contract/openapi.json"));
  Findings findings;
  const RuleSources sources(options.fixtures);
  const auto loaded = load_rules(sources, engine::names_of_contract(contract));
  if (loaded) {
    findings.push_back(
        {Level::fine,
         fmt::format("rules: {}, {} with the defaults, no mistakes", text::counted(loaded->files, "file"),
                     text::counted(loaded->book->size(), "rule")),
         ""});
    for (const auto& warning : loaded->warnings)
      if (warning.line == 0)  // of a whole file; those with a place are for `check`
        findings.push_back({Level::warning, "rules: " + warning.file + ": " + rules::sentence(warning), ""});
    for (const auto& note : loaded->notes) findings.push_back({Level::fine, "rules: " + note, ""});
  } else {
    findings.push_back(mistakes_finding("rules", loaded.error(), options));
  }
  const auto connectors = load_connectors(sources);
  if (!connectors)
    findings.push_back(mistakes_finding("connectors", connectors.error(), options));
  else if (connectors->catalogue)
    findings.push_back({Level::fine,
                        fmt::format("connectors: {} in {}",
                                    text::counted(connectors->catalogue->connectors().size(), "connector"),
                                    text::printable(connectors->file)),
                        ""});
  return findings;
}

Findings examine_clock(const ServeOptions& options, sys_seconds now) {
  Findings findings;
  const auto program = program_time();
  constexpr const char* kSet =
      "set the machine's clock (timedatectl set-ntp true): tokens would start and expire at the wrong time, "
      "and "
      "certificates might not be valid yet";
  if (now < kWritten || now >= kFarOff)
    findings.push_back(
        {Level::problem, "clock: it shows " + date_text(now) + ", which cannot be right", kSet});
  else if (program && now + std::chrono::minutes(10) < *program)
    findings.push_back(
        {Level::problem,
         fmt::format("clock: it shows {}, and is behind by at least {}: this program was installed at {}",
                     date_text(now), span_text(*program - now), date_text(*program)),
         kSet});
  else
    findings.push_back({Level::fine, "clock: it shows " + date_text(now), ""});
  if (!options.now) return findings;
  const auto frozen = std::chrono::floor<std::chrono::seconds>(*options.now);
  if (const auto off = frozen - now; std::chrono::abs(off) > std::chrono::hours(1))
    findings.push_back({Level::warning,
                        fmt::format("clock: --now stops the mock's clock at {}, {} {}", date_text(frozen),
                                    span_text(off), off.count() < 0 ? "ago" : "from now"),
                        "clients that compare a token's exp with their own clock need the same time"});
  return findings;
}

Findings examine_proxy() {
  for (const auto* name :
       {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (environment(name).empty()) continue;
    const auto exceptions = environment("no_proxy") + "," + environment("NO_PROXY");
    if (exceptions.find("127.0.0.1") != exceptions.npos || exceptions.find('*') != exceptions.npos) return {};
    return {{Level::warning,
             fmt::format("proxy: {} is set, and NO_PROXY does not exclude this machine", name),
             "export NO_PROXY=localhost,127.0.0.1,::1; otherwise clients may send their calls to the proxy"}};
  }
  return {};
}

}  // namespace vault_mock::app
