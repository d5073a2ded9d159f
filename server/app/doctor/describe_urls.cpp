#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "app/doctor/examine.hpp"
#include "app/machine/local_url.hpp"
#include "app/machine/machine.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

constexpr const char* kIndent = "  ";

bool is_everywhere(const std::string& host) { return host == "0.0.0.0" || host == "::" || host.empty(); }

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_in_container() {
  std::error_code error;
  return std::filesystem::exists("/.dockerenv", error) ||
         std::filesystem::exists("/run/.containerenv", error);
}

// "http://host:4010", and the one for HTTPS where that is served.
std::string urls(const ServeOptions& options, const std::string& host) {
  const auto port = [](int number) { return number == 0 ? std::string("PORT") : std::to_string(number); };
  const auto name = host_in_url(host);
  auto text = fmt::format("http://{}:{}", name, port(options.port));
  if (options.tls.enabled) {
    const auto tls_port = options.tls.port == 443 ? "" : ":" + port(options.tls.port);
    text += fmt::format("  https://{}{}", name, tls_port);
  }
  return text;
}

std::string line(std::string_view who, std::string_view what) {
  return fmt::format("{}{:<18} {}\n", kIndent, who, text::printable(what));
}

// Where the host's Docker network looks from: its own address there.
std::string docker_bridge() {
  const auto addresses = addresses_of_machine();
  const auto found = std::ranges::find_if(addresses, [](const auto& a) { return a.starts_with("172.17."); });
  return found == addresses.end() ? "" : *found;
}

std::string for_containers(const ServeOptions& options) {
  if (is_in_container()) {
    if (is_loopback(options.host))
      return line("other containers",
                  "cannot reach " + options.host + " of this one; start with --host 0.0.0.0");
    return line("other containers", urls(options, name_of_machine()) + "  (or by the name of the service)");
  }
  if (is_loopback(options.host))
    return line("a container",
                "cannot reach " + options.host + " of this machine; start with --host 0.0.0.0, then") +
           line("", urls(options, "host.docker.internal"));
  auto text = line("a container", urls(options, "host.docker.internal"));
  if (const auto bridge = docker_bridge(); !bridge.empty()) text += line("", urls(options, bridge));
  return text + line("", "on Linux with: docker run --add-host host.docker.internal:host-gateway …");
}

std::string for_other_machines(const ServeOptions& options) {
  if (!is_everywhere(options.host)) return "";
  for (const auto& address : addresses_of_machine())
    if (!is_loopback(address) && address.find(':') == address.npos && !address.starts_with("172.17."))
      return line("other machines", urls(options, address));
  return "";
}

}  // namespace

std::string describe_urls(const ServeOptions& options) {
  const auto local = local_host(options.host);
  auto text = line("this machine", urls(options, local));
  text += line("a browser here", urls(options, is_loopback(local) ? "localhost" : local));
  text += for_containers(options) + for_other_machines(options);
  if (options.tls.enabled)
    text += line("hard-coded hosts",
                 options.tls.port == 443
                     ? "https://unify.apideck.com, when that name leads here"
                     : "https://unify.apideck.com needs --tls-port 443, and that name to lead here");
  if (!options.public_url.empty()) text += line("links in answers", options.public_url + "  (--public-url)");
  if (options.port == 0 || (options.tls.enabled && options.tls.port == 0))
    text += line("PORT", "is printed when the mock starts, and written to --ready-file");
  return text;
}

}  // namespace vault_mock::app
