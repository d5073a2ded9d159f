#include "app/cli/health.hpp"

#include <fmt/format.h>

#include "app/cli/print.hpp"
#include "app/machine/local_url.hpp"
#include "net/probe.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

// The mock tells of all mistakes, under a line of introduction: a probe's log has room for one.
std::string first_mistake(const std::string& trouble) {
  if (trouble.empty()) return "";
  const auto introduction = trouble.find('\n');
  const auto begin = introduction + 1 < trouble.size() ? introduction + 1 : 0;
  return ", but not those that the files have now: " +
         trouble.substr(begin, trouble.find('\n', begin) - begin);
}

}  // namespace

int health(const HealthOptions& options) {
  for (const auto& warning : options.warnings) complain("vault-mock: warning", text::printable(warning));
  const auto port = static_cast<std::uint16_t>(options.port);
  const auto url = local_url(options.host, port);
  const auto health = net::probe(local_host(options.host), port);
  if (!health) {
    complain("vault-mock", fmt::format("not healthy: {}: {}. --port and --host say where a mock runs", url,
                                       text::printable(health.error())));
    return 1;
  }
  const auto trouble = first_mistake(health->trouble);
  print(fmt::format("healthy: {} serves {} rules{}\n", url, health->rules, text::printable(trouble)));
  return 0;
}

}  // namespace vault_mock::app
