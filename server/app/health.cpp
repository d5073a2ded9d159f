#include "app/health.hpp"

#include <cstdio>
#include <fmt/format.h>

#include "app/local_url.hpp"
#include "http/probe.hpp"

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
  const auto port = static_cast<std::uint16_t>(options.port);
  const auto url = local_url(options.host, port);
  const auto health = http::probe(local_host(options.host), port);
  if (!health) {
    std::fputs(fmt::format("vault-mock: not healthy: {}: {}. --port and --host say where a mock runs\n", url,
                           health.error())
                   .c_str(),
               stderr);
    return 1;
  }
  const auto trouble = first_mistake(health->trouble);
  std::fputs(fmt::format("healthy: {} serves {} rules{}\n", url, health->rules, trouble).c_str(), stdout);
  return 0;
}

}  // namespace vault_mock::app
