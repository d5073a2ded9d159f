// `vault-mock reset`: puts a space of a running mock back to how it began.
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/running_mock.hpp"
#include "app/terminal/print.hpp"
#include "spaces/space_name.hpp"
#include "text/printable.hpp"
#include "text/url.hpp"

namespace vault_mock::app {
namespace {

struct ResetOptions {
  RunningMockOptions mock;
  std::vector<std::string> only;  // empty: all of it
};

int reset(const ResetOptions& options) {
  const auto mock = RunningMock::create(options.mock);
  if (!mock) return failed("reset", mock.error(), kMistake);
  std::string parts;
  for (const auto& part : options.only) parts += (parts.empty() ? "" : ",") + part;
  const auto done =
      mock->post(mock->space(), "reset" + (parts.empty() ? "" : "?only=" + text::percent_encoded(parts)), "");
  if (!done) return failed("reset", done.error());
  std::string names;
  for (const auto& name : done->value("reset", nlohmann::ordered_json::array()))
    if (name.is_string()) names += (names.empty() ? "" : ", ") + name.get<std::string>();
  print(fmt::format("Reset in space '{}': {}.\n",
                    text::printable(mock->space().empty() ? spaces::kDefaultSpace : mock->space()),
                    text::printable(names)));
  return 0;
}

}  // namespace

Command reset_command() {
  const auto options = std::make_shared<ResetOptions>();
  return {
      .name = "reset",
      .about = "Put a space of a running mock back to how it began.",
      .examples = {{"vault-mock reset", ""},
                   {"vault-mock reset --space checkout-17 --only rules,journal", "Two parts of one space"}},
      .groups = {{"Reset",
                  {list_option("--only", "PART", options->only,
                               "Part to reset: rules, counters, journal, clock, sessions or oauth; without "
                               "it all (repeatable)")}},
                 running_mock_options(options->mock, "the default one")},
      .notes = {"Exit code: 0, 1 if no mock answers or it refuses, or 2 for a mistake in the words."},
      .run = [options] { return reset(*options); }};
}

}  // namespace vault_mock::app
