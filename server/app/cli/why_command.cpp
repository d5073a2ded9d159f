// `vault-mock why`: what became of a request that a running mock had, and why.
#include <fmt/format.h>
#include <memory>
#include <optional>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/request_words.hpp"
#include "app/cli/running_mock.hpp"
#include "app/cli/trace_words.hpp"
#include "app/terminal/print.hpp"
#include "spaces/entry.hpp"
#include "text/printable.hpp"
#include "text/reason_phrase.hpp"
#include "text/url.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

struct WhyOptions {
  RunningMockOptions mock;
  std::string id;  // empty: the latest
  bool json = false;
};

struct Place {
  std::string space, id;
};

// Where the request is. Without --space, all spaces are looked through.
tl::expected<Place, std::string> find_request(const RunningMock& mock, const WhyOptions& options) {
  if (!options.id.empty() && !mock.space().empty()) return Place{mock.space(), options.id};
  const auto query =
      options.id.empty() ? "&limit=1" : "&limit=1000&text=" + text::percent_encoded(options.id);
  const auto page =
      mock.get(mock.space(), "requests?summary=1" + query + (mock.space().empty() ? "&spaces=all" : ""));
  if (!page) return tl::unexpected(page.error());
  std::optional<Place> found;
  for (const auto& summary : page->value("requests", ordered_json::array())) {
    const Place place{member_text(summary, "space"), member_text(summary, "id")};
    if (options.id.empty() || place.id == options.id) return place;
    if (options.id.size() < spaces::kShortId || !place.id.starts_with(options.id)) continue;
    if (found && found->id != place.id)
      return tl::unexpected(fmt::format("the ids of several requests begin with '{}': write more of it",
                                        text::printable(options.id)));
    if (!found) found = place;
  }
  if (found) return *found;
  if (options.id.empty()) return tl::unexpected(std::string("the mock has had no request yet"));
  return tl::unexpected(
      fmt::format("no journal has a request '{}': `vault-mock requests` lists the latest, and their ids are "
                  "x-apideck-request-id of the answers",
                  text::printable(options.id)));
}

std::string report(const ordered_json& entry) {
  const auto answer = entry.value("answer", ordered_json::object());
  const auto trace = entry.value("trace", ordered_json::object());
  auto text = text::printable(member_text(entry, "sentence")) + "\n\n" + request_line(entry) + "\n";
  text += trace.is_object() ? trace_words(trace) : std::string();
  if (trace.is_object() && trace.contains("steps")) {
    text += "\nSteps:\n";
    for (const auto& step : trace["steps"])
      text += fmt::format("  {}: {}\n", text::printable(member_text(step, "step")),
                          text::printable(member_text(step, "result")));
  }
  const int status = answer.value("status", 0);
  text += fmt::format("\nThe answer: {} {}\n", status, text::reason_phrase(status));
  if (const auto body = answer.value("body", ordered_json()); !body.is_null())
    text += (body.is_string()
                 ? text::printable_lines(body.get<std::string>())
                 : text::printable_json(body.dump(2, ' ', false, ordered_json::error_handler_t::replace))) +
            "\n";
  return text;
}

int why(const WhyOptions& options) {
  const auto mock = RunningMock::create(options.mock);
  if (!mock) return failed("why", mock.error(), kMistake);
  const auto place = find_request(*mock, options);
  if (!place) return failed("why", place.error());
  const auto entry = mock->get(place->space, "requests/" + text::percent_encoded(place->id));
  if (!entry) return failed("why", entry.error());
  print(options.json
            ? text::printable_json(entry->dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n"
            : report(*entry));
  return 0;
}

}  // namespace

Command why_command() {
  const auto options = std::make_shared<WhyOptions>();
  auto id = text_option("", "ID", options->id, "Id of the request; without it the latest one");
  id.may_be_missing = true;
  return {
      .name = "why",
      .about = "Tell what decided the answer to a request that a running mock had.",
      .examples = {{"vault-mock why", "The latest request"},
                   {"vault-mock why 0e1d3c2b-5a69-4f78-8796-a5b4c3d2e1f0", ""}},
      .groups = {{"Request",
                  {std::move(id), flag("--json", options->json, "Print all that the journal has, as JSON")}},
                 running_mock_options(options->mock, "all")},
      .notes =
          {"The id is the header x-apideck-request-id of the answer, or its first 8 characters or more, as "
           "the log on a terminal shows them.",
           "Exit code: 0, 1 if no mock answers or it does not know the request, or 2 for a mistake in "
           "the words."},
      .run = [options] { return reading_answers("why", [&] { return why(*options); }); }};
}

}  // namespace vault_mock::app
