// `vault-mock reset`: puts a space of a running mock back to how it began.
#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/request_words.hpp"
#include "app/cli/running_mock.hpp"
#include "app/terminal/print.hpp"
#include "spaces/space_name.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"
#include "text/url.hpp"

namespace vault_mock::app {
namespace {

struct ResetOptions {
  RunningMockOptions mock;
  std::vector<std::string> only;  // empty: all of it
};

// The names of the spaces that the mock has.
tl::expected<std::vector<std::string>, std::string> names_of_spaces(const RunningMock& mock) {
  std::vector<std::string> names;
  for (std::string cursor; names.empty() || !cursor.empty();) {
    const auto page = mock.get(
        "", "spaces?limit=1000" + (cursor.empty() ? "" : "&cursor=" + text::percent_encoded(cursor)));
    if (!page) return tl::unexpected(page.error());
    const auto list = page->value("spaces", nlohmann::ordered_json::array());
    for (const auto& space : list) names.push_back(member_text(space, "name"));
    cursor = list.empty() ? "" : member_text(*page, "next");
    if (list.empty()) break;
  }
  return names;
}

// The error: there is no space of that name.
tl::expected<void, std::string> find_space(const RunningMock& mock) {
  const auto& name = mock.space();
  if (name.empty() || name == spaces::kDefaultSpace) return {};
  const auto names = names_of_spaces(mock);
  if (!names) return tl::unexpected(names.error());
  if (std::ranges::find(*names, name) != names->end()) return {};
  const auto near = text::nearest(name, *names);
  return tl::unexpected(fmt::format("there is no space '{}', so there is nothing to reset{}",
                                    text::printable(name),
                                    near ? ". " + text::did_you_mean(text::printable(*near)) : ""));
}

int reset(const ResetOptions& options) {
  const auto mock = RunningMock::create(options.mock);
  if (!mock) return failed("reset", mock.error(), kMistake);
  if (const auto found = find_space(*mock); !found) return failed("reset", found.error());
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
      .notes = {"Exit code: 0, 1 if no mock answers, it refuses or has no such space, or 2 for a mistake in "
                "the words."},
      .run = [options] { return reset(*options); }};
}

}  // namespace vault_mock::app
