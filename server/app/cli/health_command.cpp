// `vault-mock health`: is a mock running there, and is it well? For probes of containers, which have no curl.
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/machine/local_url.hpp"
#include "app/probe.hpp"
#include "app/terminal/print.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

struct HealthOptions {
  std::string host = "127.0.0.1";  // as --host of the mock that is asked
  int port = 4010;
};

// The mock lists all mistakes, under a line of introduction: the log of a probe has room for one.
std::string first_mistake(const std::string& trouble) {
  if (trouble.empty()) return "";
  const auto introduction = trouble.find('\n');
  const auto begin = introduction + 1 < trouble.size() ? introduction + 1 : 0;
  return ", but not those that the files have now: " +
         trouble.substr(begin, trouble.find('\n', begin) - begin);
}

// One line says what was found, on standard output or standard error. The exit code: 0 if a mock answers.
int health(const HealthOptions& options) {
  for (const auto& warning : warnings_of_environment())
    complain("vault-mock: warning", text::printable(warning));
  const auto port = static_cast<std::uint16_t>(options.port);
  const auto url = local_url(options.host, port);
  const auto health = probe({.host = local_host(options.host), .port = port});
  if (!health) {
    complain("vault-mock", fmt::format("not healthy: {}: {}. Use --port and --host to name another address",
                                       url, text::printable(health.error())));
    return 1;
  }
  const auto trouble = first_mistake(health->trouble);
  const auto degraded = health->degraded.empty() ? "" : ", degraded: " + health->degraded;
  print(fmt::format("healthy: {} serves {} rules{}\n", url, health->rules,
                    text::printable(trouble + degraded)));
  return 0;
}

}  // namespace

Command health_command() {
  const auto options = std::make_shared<HealthOptions>();
  return {
      .name = "health",
      .about = "Check that a mock is running and well; for the probes of containers.",
      .examples = {{"vault-mock health --port 4010", ""}},
      .groups =
          named_in_environment({{"Address",
                                 {text_option("--host", "ADDRESS", options->host, "Address of the mock"),
                                  number_option("-p,--port", "PORT", options->port, Bounds<int>{1, 65'535},
                                                "Port that the mock listens on")}}}),
      .notes = {"Exit code: 0 if a mock answers there, else 1. One whose replicas differ, or whose store is "
                "away, answers, and is said to be degraded."},
      .run = [options] { return health(*options); }};
}

}  // namespace vault_mock::app
