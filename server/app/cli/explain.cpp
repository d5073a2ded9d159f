#include "app/cli/explain.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "app/cli/print.hpp"
#include "app/cli/raw_request.hpp"
#include "app/files/foreign_file.hpp"
#include "app/mock.hpp"
#include "contract/error_catalogue.hpp"
#include "site/entry_json.hpp"
#include "site/target.hpp"
#include "text/ascii.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

constexpr int kUnreadable = 2;

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

// The file's request, or the one that most people mean, with what the options say about it.
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
  if (!options.method.empty()) request.method = options.method;
  if (!options.path.empty()) request.target = options.path;
  if (options.consumer_id) set_header(request, "x-apideck-consumer-id", *options.consumer_id);
  if (options.app_id) set_header(request, "x-apideck-app-id", *options.app_id);
  if (options.api_key) set_header(request, "authorization", "Bearer " + *options.api_key);
  for (const auto& header : options.headers) {
    const auto colon = header.find(':');
    if (colon == header.npos || colon == 0)
      return tl::unexpected("'" + header + "' is no header: write NAME:VALUE");
    set_header(request, std::string(text::trim(std::string_view(header).substr(0, colon))),
               std::string(text::trim(std::string_view(header).substr(colon + 1))));
  }
  if (options.body) request.body = *options.body;
  if (!request.body.empty() && !has_header(request, "content-type"))
    request.headers.emplace_back("content-type", "application/json");
  return request;
}

std::string words_of(const ordered_json& value) {
  return text::printable(value.is_string() ? value.get<std::string>() : text::dump(nlohmann::json(value)));
}

// The trace in lines, for people.
std::string report(const RawRequest& request, const spaces::Entry& entry) {
  const auto told = entry.explanation->to_json(entry);
  std::string text = fmt::format("{} {}\n", text::printable(request.method), text::printable(request.target));
  text += fmt::format("answers {} {}, decided by {}\n", entry.status, text::reason_phrase(entry.status),
                      text::printable(entry.decided_by));
  if (told.contains("delay")) text += "after " + words_of(told["delay"]) + "\n";
  if (told.contains("fault")) text += "but " + words_of(told["fault"]) + "\n";

  const auto& rules = told["rules"];
  if (!rules.empty()) text += "\nRules, in the order they were asked:\n";
  for (const auto& rule : rules)
    text += fmt::format("  {}: {}\n", words_of(rule["rule"]), words_of(rule["result"]));
  if (!told["violations"].empty()) text += "\nViolations:\n";
  for (const auto& violation : told["violations"]) {
    text += fmt::format("  {} {}: {}", words_of(violation["in"]), words_of(violation["place"]),
                        words_of(violation["reason"]));
    if (const auto suggestion = words_of(violation["suggestion"]); !suggestion.empty())
      text += ". " + suggestion;
    text += "\n";
  }
  if (!told["advice"].empty()) text += "\nAdvice:\n";
  for (const auto& advice : told["advice"])
    text += fmt::format("  {}: {}\n", words_of(advice["place"]), words_of(advice["text"]));

  text += "\nThe answer:\n";
  for (const auto& [name, value] : entry.answer_headers)
    text += fmt::format("  {}: {}\n", text::printable(name), text::printable(value));
  if (!entry.answer_body.empty()) text += fmt::format("\n  {}\n", entry.answer_body);
  return text;
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto request = request_of(options);
  if (!request) return explain_failed(request.error());
  auto serve_options = options.serve;
  serve_options.log_level = "off";
  const auto mock = Mock::create(serve_options);
  if (!mock) {
    complain_at_length("vault-mock explain", mock.error());
    return kUnreadable;
  }

  const std::vector<contract::Header> headers(request->headers.begin(), request->headers.end());
  const site::Incoming incoming{
      .method = request->method, .target = request->target, .headers = headers, .body = request->body};
  const auto target = site::read_target(incoming.target);
  if (!target) return explain_failed(target.error());
  const auto name = (*mock)->site().space_of(*target, incoming);
  if (!name) return explain_failed(name.error());
  for (std::uint64_t i = 0; i < options.times; ++i) (*mock)->site().answer(incoming);

  const auto space = (*mock)->spaces().get(*name);
  const auto entries = space->journal().select([](const spaces::Entry&) { return true; }, 1);
  if (entries.empty())
    return explain_failed(request->target + " is the mock's own: there is nothing to explain");
  const auto& entry = *entries.front();
  const auto text =
      options.json
          ? text::printable_json(ordered_json::parse(site::details_of(entry, "", site::kBodyAlone)).dump(2)) +
                "\n"
          : report(*request, entry);
  print(text);
  return 0;
}

}  // namespace vault_mock::app
