#include "app/cli/environment.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"

extern char** environ;  // some systems' headers leave it out

namespace vault_mock::app {
namespace {

constexpr std::string_view kPrefix = "VAULT_MOCK_";
// Of a value in a message: it may be anything, of any length.
constexpr std::size_t kLongestValue = 60;

// "tcp://10.0.0.1:4010"
bool is_service_address(std::string_view value) {
  const auto protocols = std::to_array<std::string_view>({"tcp://", "udp://", "sctp://"});
  return std::ranges::any_of(protocols, [&](auto protocol) { return value.starts_with(protocol); });
}

// "4010_TCP", "4010_TCP_ADDR": what follows "…_PORT_".
bool is_port_of_a_service(std::string_view rest) {
  const auto end = rest.find('_');
  if (end == rest.npos || !text::whole_number<std::uint64_t>(rest.substr(0, end))) return false;
  rest.remove_prefix(end + 1);
  const auto protocols = std::to_array<std::string_view>({"TCP", "UDP", "SCTP"});
  const auto facts = std::to_array<std::string_view>({"", "_ADDR", "_PORT", "_PROTO"});
  return std::ranges::any_of(protocols, [&](auto protocol) {
    return rest.starts_with(protocol) &&
           std::ranges::find(facts, rest.substr(protocol.size())) != facts.end();
  });
}

bool is_name_of_a_service(std::string_view name) {
  if (name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT")) return true;
  if (name.find("_SERVICE_PORT_") != name.npos) return true;  // a named port
  for (auto at = name.find("_PORT_"); at != name.npos; at = name.find("_PORT_", at + 1))
    if (is_port_of_a_service(name.substr(at + 6))) return true;
  return false;
}

std::string unknown_words(const std::string& name, std::span<const std::string> known) {
  // Without the prefix, which would make all of them look alike.
  std::vector<std::string> words;
  for (const auto& one : known) words.push_back(one.substr(std::min(kPrefix.size(), one.size())));
  const auto near = text::nearest(std::string_view(name).substr(kPrefix.size()), words);
  return fmt::format("the environment has {}, which vault-mock does not know and ignores{}",
                     text::shortened(name, kLongestValue),
                     near ? fmt::format("; did you mean {}{}?", kPrefix, *near)
                          : std::string(". vault-mock --help lists the names it knows"));
}

}  // namespace

Environment environment_of_process() {
  Environment found;
  for (char** at = ::environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view entry(*at);
    const auto equals = entry.find('=');
    if (!entry.starts_with(kPrefix) || equals == entry.npos) continue;
    found.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return found;
}

std::vector<std::string> variables_of_clients() { return {"VAULT_MOCK_BINARY"}; }

bool is_of_a_service(std::string_view name, std::string_view value) {
  return name.starts_with(kPrefix) &&
         (is_name_of_a_service(name) || (name.ends_with("_PORT") && is_service_address(value)));
}

std::vector<std::string> environment_warnings(const Environment& environment,
                                              std::span<const std::string> known) {
  constexpr std::size_t kMostNames = 3;
  std::vector<std::string> warnings, of_services;
  for (const auto& [name, value] : environment) {
    if (is_of_a_service(name, value))
      // Those that would have been options come first.
      of_services.insert(
          std::ranges::find(known, name) != known.end() ? of_services.begin() : of_services.end(),
          fmt::format("{}={}", name, text::shortened(value, kLongestValue)));
    else if (!value.empty() && std::ranges::find(known, name) == known.end())
      warnings.push_back(unknown_words(name, known));
  }
  if (of_services.empty()) return warnings;
  const auto named = std::min(of_services.size(), kMostNames);
  auto words = fmt::format(
      "the environment has {}",
      fmt::join(of_services.begin(), of_services.begin() + static_cast<std::ptrdiff_t>(named), ", "));
  if (of_services.size() > named) words += fmt::format(" and {} more", of_services.size() - named);
  warnings.insert(warnings.begin(),
                  words +
                      ": Kubernetes sets these for a Service, so they are ignored. Set the port with --port; "
                      "enableServiceLinks: false in the Pod removes them");
  return warnings;
}

}  // namespace vault_mock::app
