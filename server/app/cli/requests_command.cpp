// `vault-mock requests`: the journal of a mock that runs, and what comes in from now on.
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/event_lines.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/request_words.hpp"
#include "app/cli/running_mock.hpp"
#include "app/terminal/print.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

struct RequestsOptions {
  RunningMockOptions mock;
  std::vector<std::string> filter;
  std::uint64_t limit = 20;
  bool follow = false, json = false;
};

// The first `limit` that the filter takes, oldest first, and the number behind which the feed goes on.
struct Known {
  std::vector<ordered_json> requests;
  std::uint64_t last = 0;
};

std::string spaces_of(const RunningMock& mock) { return mock.space().empty() ? "&spaces=all" : ""; }

std::uint64_t sequence_of(const ordered_json& summary) {
  const auto found = summary.find("sequence");
  return found != summary.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

// The number of the newest request, of whatever kind.
tl::expected<std::uint64_t, std::string> newest(const RunningMock& mock) {
  const auto page = mock.get(mock.space(), "requests?summary=1&limit=1" + spaces_of(mock));
  if (!page) return tl::unexpected(page.error());
  const auto list = page->value("requests", ordered_json::array());
  return list.empty() ? 0 : sequence_of(list.front());
}

tl::expected<Known, std::string> known_requests(const RunningMock& mock, const RequestsOptions& options,
                                                const WantedRequests& wanted) {
  constexpr std::size_t kOnPage = 1'000;
  const auto last = newest(mock);
  if (!last) return tl::unexpected(last.error());
  Known known{.requests = {}, .last = *last};
  std::string cursor = std::to_string(*last + 1);
  while (!cursor.empty() && known.requests.size() < options.limit) {
    const auto page = mock.get(mock.space(), fmt::format("requests?summary=1&limit={}&cursor={}{}{}", kOnPage,
                                                         cursor, spaces_of(mock), wanted.query));
    if (!page) return tl::unexpected(page.error());
    const auto list = page->value("requests", ordered_json::array());
    if (list.empty()) break;  // whatever it says of a next one
    for (const auto& summary : list)
      if (known.requests.size() < options.limit) known.requests.push_back(summary);
    cursor = member_text(*page, "next");
  }
  std::ranges::reverse(known.requests);
  return known;
}

void show(const ordered_json& summary, bool as_json) {
  print((as_json ? text::printable_json(text::dump(summary)) : request_line(summary)) + "\n");
}

void show_missed(const ordered_json& missed, bool as_json) {
  if (as_json) return print(text::printable_json(text::dump(ordered_json{{"missed", missed}})) + "\n");
  std::string counts;
  for (const auto& [status, count] : missed.value("by_status", ordered_json::object()).items())
    counts += fmt::format("{}{} times {}", counts.empty() ? "" : ", ", text::dump(count), status);
  print(fmt::format("… {} more, not shown one by one: {}\n",
                    text::printable(text::dump(missed.value("count", ordered_json(0)))),
                    text::printable(counts)));
}

// With a filter, nobody can say which of the missed it would have taken: they are told as they are.
void show_event(const Event& event, const RequestsOptions& options, const WantedRequests& wanted) {
  const auto data = ordered_json::parse(event.data, nullptr, /*allow_exceptions=*/false);
  if (!data.is_object()) return;
  if (event.name == "request" && wanted.take(data)) show(data, options.json);
  if (event.name == "missed") show_missed(data, options.json);
  if (event.name != "reset") return;
  if (options.json) return print(text::printable_json(text::dump(ordered_json{{"reset", data}})) + "\n");
  print(fmt::format("… the journal of space {} is empty again\n",
                    text::printable_word(member_text(data, "space"))));
}

int requests(const RequestsOptions& options) {
  const auto wanted = read_wanted(options.filter);
  if (!wanted) return failed("requests", text::printable(wanted.error()), kMistake);
  const auto mock = RunningMock::create(options.mock);
  if (!mock) return failed("requests", mock.error(), kMistake);
  const auto known = known_requests(*mock, options, *wanted);
  if (!known) return failed("requests", known.error());
  for (const auto& summary : known->requests) show(summary, options.json);
  if (!options.follow) return 0;
  EventLines lines;
  const auto ended = mock->follow(
      mock->space(), fmt::format("events?per_second=1000&after={}{}", known->last, spaces_of(*mock)),
      [&](std::string_view bytes) {
        for (const auto& event : lines.read(bytes)) show_event(event, options, *wanted);
        return true;
      });
  return failed("requests", ended ? "the mock ended the stream" : ended.error());
}

}  // namespace

Command requests_command() {
  const auto options = std::make_shared<RequestsOptions>();
  auto filter = list_option(
      "", "FILTER", options->filter,
      "Which ones: status:402, status:4xx, consumer:ID, operation:ID, rule:NAME, kind:WHAT_DECIDED, "
      "method:POST, or a part of path, consumer, operation, rule or id");
  return {.name = "requests",
          .about = "Show the requests that a running mock had, and with --follow those that come.",
          .examples = {{"vault-mock requests", ""},
                       {"vault-mock requests --follow status:4xx consumer:acme", ""},
                       {"vault-mock requests --json --limit 1000 'rule:\"free tier\"'", ""}},
          .groups = {{"Requests",
                      {std::move(filter),
                       flag("--follow", options->follow, "Go on with each request as it comes"),
                       number_option("--limit", "NUMBER", options->limit, Bounds<std::uint64_t>{0, 100'000},
                                     "Show so many of those there are, at most"),
                       flag("--json", options->json, "Print a JSON document on each line")}},
                     running_mock_options(options->mock, "all")},
          .notes = {"Oldest first. All words of the filter must hold.",
                    "Exit code: 0, 1 if no mock answers, or 2 for a mistake in the words."},
          .run = [options] { return reading_answers("requests", [&] { return requests(*options); }); }};
}

}  // namespace vault_mock::app
