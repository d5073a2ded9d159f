#include "app/doctor/doctor.hpp"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>

#include "app/doctor/examine.hpp"
#include "app/terminal/print.hpp"
#include "text/counted.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using Level = Finding::Level;

const char* word_for(Level level) {
  switch (level) {
    case Level::fine:
      return "ok";
    case Level::warning:
      return "warning";
    case Level::problem:
      return "PROBLEM";
  }
  return "";
}

void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

int doctor(const ServeOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);  // another program that holds the port may close the connection
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  Findings findings = examine_environment(options);
  append(findings, examine_ports(options));
  append(findings, examine_rules(options));
  append(findings, examine_clock(options, now));
  append(findings, examine_proxy());
  if (options.tls.enabled) append(findings, examine_tls(options, now));
  if (!options.store.empty()) append(findings, examine_store(options));

  std::string report;
  for (const auto& [level, text, advice] : findings) {
    report += fmt::format("{:<8} {}\n", word_for(level), text::printable(text));
    if (!advice.empty()) report += fmt::format("{:<8} → {}\n", "", text::printable(advice));
  }
  report += "\nWhich URL to use:\n\n" + describe_urls(options) + "\n";

  const auto problems =
      static_cast<std::size_t>(std::ranges::count(findings, Level::problem, &Finding::level));
  const auto warnings =
      static_cast<std::size_t>(std::ranges::count(findings, Level::warning, &Finding::level));
  report += problems + warnings == 0 ? "All is well.\n"
                                     : fmt::format("{}, {}.\n", text::counted(problems, "problem"),
                                                   text::counted(warnings, "warning"));
  print(report);
  return problems > 0 ? 1 : 0;
}

}  // namespace vault_mock::app
