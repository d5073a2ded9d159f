// `vault-mock explain`: what the mock would answer to a request, and why.
#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/raw_request.hpp"
#include "app/cli/trace_words.hpp"
#include "app/files/foreign_file.hpp"
#include "app/log/logging.hpp"
#include "app/mock.hpp"
#include "app/terminal/print.hpp"
#include "contract/error_catalogue.hpp"
#include "site/entry_json.hpp"
#include "site/readable_request.hpp"
#include "site/target.hpp"
#include "text/ascii.hpp"
#include "text/headers.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

constexpr int kUnreadable = 2;

struct ExplainOptions {
  ServeOptions serve;        // the rule files, and what changes an answer
  std::string request_file;  // "-": standard input; empty: the usual request to create a session
  std::optional<std::string> method, path, consumer_id, app_id, api_key, body;  // in place of that one's
  std::vector<std::string> headers;                                             // "name: value"
  std::uint64_t times = 1;  // how often the request is made; the last answer is explained
  bool json = false;
};

int explain_failed(const std::string& why) {
  complain("vault-mock explain", why);
  return kUnreadable;
}

void set_header(RawRequest& request, std::string name, std::string value) {
  std::erase_if(request.headers,
                [&](const auto& header) { return text::equal_ignoring_case(header.first, name); });
  request.headers.emplace_back(std::move(name), std::move(value));
}

bool has_header(const RawRequest& request, std::string_view name) {
  return std::ranges::any_of(
      request.headers, [&](const auto& header) { return text::equal_ignoring_case(header.first, name); });
}

// The request of the file, or else one to create a session, with the changes that the options make.
tl::expected<RawRequest, std::string> request_of(const ExplainOptions& options) {
  RawRequest request{.method = "POST", .target = "/vault/sessions", .headers = {}, .body = {}};
  if (!options.request_file.empty()) {
    const auto text = read_argument(options.request_file);
    if (!text) return tl::unexpected("cannot read '" + options.request_file + "': " + text.error());
    auto read = read_raw_request(*text);
    if (!read) return tl::unexpected(options.request_file + ": " + read.error());
    request = std::move(*read);
  } else {
    request.headers = {{"authorization", "Bearer test-key"},
                       {"x-apideck-app-id", "test-app"},
                       {"x-apideck-consumer-id", "test-consumer"}};
  }
  if (options.method) request.method = *options.method;
  if (options.path) request.target = *options.path;
  if (options.consumer_id) set_header(request, "x-apideck-consumer-id", *options.consumer_id);
  if (options.app_id) set_header(request, "x-apideck-app-id", *options.app_id);
  if (options.api_key) set_header(request, "authorization", "Bearer " + *options.api_key);
  for (const auto& header : options.headers) {
    const auto colon = header.find(':');
    if (colon == header.npos || colon == 0)
      return tl::unexpected("'" + header + "' is not a valid header; use NAME:VALUE");
    set_header(request, std::string(text::trim(std::string_view(header).substr(0, colon))),
               std::string(text::trim(std::string_view(header).substr(colon + 1))));
  }
  if (options.body) request.body = *options.body;
  if (!request.body.empty() && !has_header(request, "content-type"))
    request.headers.emplace_back("content-type", "application/json");
  return request;
}

// The trace in lines, for people.
std::string report(const RawRequest& request, const spaces::Entry& entry) {
  const auto told = entry.explanation->to_json(entry);
  std::string text = fmt::format("{} {}\n", text::printable(request.method), text::printable(request.target));
  text += fmt::format("answers {} {}, decided by {}\n", entry.status, text::reason_phrase(entry.status),
                      text::printable(entry.decided_by));
  if (told.contains("delay")) text += "after a delay of " + json_words(told["delay"]) + "\n";
  if (told.contains("fault")) text += "with the fault " + json_words(told["fault"]) + "\n";

  text += trace_words(told);
  text += "\nThe answer:\n";
  for (const auto& [name, value] : entry.answer_headers)
    text += fmt::format("  {}: {}\n", text::printable(name), text::printable(value));
  if (!entry.answer_body.empty()) text += fmt::format("\n  {}\n", entry.answer_body);
  return text;
}

// Answers the request in process, without a socket, and prints the answer and its trace. The exit code: 0, or
// 2 where the request or the rules cannot be read.
int explain(const ExplainOptions& options) {
  const auto request = request_of(options);
  if (!request) return explain_failed(request.error());
  auto serve_options = options.serve;
  serve_options.log_level = "off";
  const auto mock = Mock::create(serve_options, make_log(serve_options));
  if (!mock) {
    complain_at_length("vault-mock explain", mock.error());
    return kUnreadable;
  }

  const net::Request incoming{.method = request->method,
                              .target = request->target,
                              .headers = {request->headers.begin(), request->headers.end()},
                              .body = request->body};
  const auto target = site::read_target(incoming.target);
  if (!target) return explain_failed(target.error());
  const auto name = (*mock)->site().space_of(*target, site::ReadableRequest(incoming).headers());
  if (!name) return explain_failed(name.error());
  for (std::uint64_t i = 0; i < options.times; ++i) (*mock)->site().handle(incoming);

  const auto space = (*mock)->spaces().get(*name);
  const auto entries = space->journal().select([](const spaces::Entry&) { return true; }, 1);
  if (entries.empty())
    return explain_failed(request->target + " belongs to the mock's own API; there is nothing to explain");
  const auto& entry = *entries.front();
  const auto text =
      options.json
          ? text::printable_json(
                ordered_json::parse(site::details_of(entry, site::Mask(""), site::kBodyAlone)).dump(2)) +
                "\n"
          : report(*request, entry);
  print(text);
  return 0;
}

std::vector<OptionGroup> request_options(ExplainOptions& options) {
  auto header = list_option("--header", "NAME:VALUE", options.headers, "Header of the request (repeatable)");
  header.takes = Option::Takes::many;  // a value may have commas
  return {{"Rules", {fixtures_argument(options.serve.fixtures)}},
          {"Request",
           {text_option("--request", "FILE", options.request_file,
                        "File with an HTTP request; - reads standard input"),
            text_option("--method", "METHOD", options.method, "Method, instead of the request's"),
            text_option("--path", "PATH", options.path, "Path and query, instead of the request's"),
            std::move(header), text_option("--consumer-id", "ID", options.consumer_id, "Consumer that calls"),
            text_option("--app-id", "ID", options.app_id, "Application that calls"),
            text_option("--api-key", "KEY", options.api_key, "API key of the call"),
            text_option("--body", "JSON", options.body, "Body of the request"),
            number_option("--times", "NUMBER", options.times, Bounds<std::uint64_t>{1, 100'000},
                          "Make the request this often and explain the last answer")}},
          {"Answer",
           {number_option("--seed", "NUMBER", options.serve.seed, Bounds<std::uint64_t>{},
                          "Seed for all randomness, so that runs repeat"),
            time_option("--now", options.serve.now, "Stop the clock at this time"),
            flag("--strict", options.serve.strict, "Answer suspicious input with 422")}},
          {"Output", {flag("--json", options.json, "Print the whole trace as JSON")}}};
}

}  // namespace

Command explain_command() {
  const auto options = std::make_shared<ExplainOptions>();
  return {
      .name = "explain",
      .about = "Show what the mock would answer to a request, and why.",
      .examples = {{"vault-mock explain rules/ --consumer-id acme", ""},
                   {"vault-mock explain rules/ --request failed.http", ""},
                   {"vault-mock explain rules/ --body '{\"settings\":{\"session_length\":\"7d\"}}' --times 3",
                    ""}},
      .groups = request_options(*options),
      .notes = {"Without --request it is POST /vault/sessions, the call that creates a session, for the "
                "consumer test-consumer.",
                "Exit code: 2 if the request or the rules cannot be read, else 0."},
      .run = [options] { return explain(*options); }};
}

}  // namespace vault_mock::app
