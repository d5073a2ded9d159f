// `vault-mock fail`: makes a running mock answer with an error, once or more often.
#include <fmt/format.h>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/cli/request_words.hpp"
#include "app/cli/running_mock.hpp"
#include "app/terminal/print.hpp"
#include "text/counted.hpp"
#include "text/json/json_document.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

struct FailOptions {
  RunningMockOptions mock;
  std::string error;
  std::string consumer_id;  // empty: all
  std::string operation;    // empty: all
  std::string times = "1";
};

constexpr std::string_view kAlways = "always";

std::string check_times(const std::string& word) {
  const auto count = text::whole_number<std::uint32_t>(word);
  if (word == kAlways || (count && *count > 0)) return "";
  return "'" + word + "' is not a number of times; use 1, 5 or always";
}

// A status as a number, a type of error as text: both are words of rules.
ordered_json rule_of(const FailOptions& options) {
  ordered_json rule = {{"name", "fail " + options.error}};
  auto when = ordered_json::object();
  if (!options.consumer_id.empty()) when["consumer_id"] = options.consumer_id;
  if (!options.operation.empty()) when["operation"] = options.operation;
  if (!when.empty()) rule["when"] = std::move(when);
  if (options.times != kAlways) rule["times"] = text::whole_number<std::uint32_t>(options.times).value_or(1);
  const auto status = text::whole_number<std::uint16_t>(options.error);
  rule["respond"] = {{"error", status ? ordered_json(*status) : ordered_json(options.error)}};
  return rule;
}

int fail(const FailOptions& options) {
  const auto mock = RunningMock::create(options.mock);
  if (!mock) return failed("fail", mock.error(), kMistake);
  const auto added = mock->post(mock->space(), "rules", text::dump(rule_of(options)));
  if (!added) return failed("fail", added.error());
  const auto who =
      options.consumer_id.empty() ? std::string("any consumer") : "consumer '" + options.consumer_id + "'";
  const auto how_often =
      options.times == kAlways
          ? std::string("From now on requests")
          : "The next " + text::counted(*text::whole_number<std::uint32_t>(options.times), "request");
  print(fmt::format(
      "{} of {} {} answered with {}. The rule is {}; `vault-mock reset --only rules` takes it back.\n",
      how_often, text::printable(who), options.times == "1" ? "is" : "are", text::printable(options.error),
      text::printable(member_text(*added, "id"))));
  return 0;
}

}  // namespace

Command fail_command() {
  const auto options = std::make_shared<FailOptions>();
  return {
      .name = "fail",
      .about = "Make a running mock answer the next requests with an error.",
      .examples = {{"vault-mock fail 402", "The next request, whoever sends it"},
                   {"vault-mock fail 503 --consumer acme --times 2", "Two of one consumer"},
                   {"vault-mock fail ConnectorRateLimitError --times always", "Until it is reset"}},
      .groups = {{"Error",
                  {text_option("", "ERROR", options->error,
                               "Status, or the type_name of an error (GET /_mock/errors)"),
                   text_option("--consumer", "ID", options->consumer_id, "Only requests of this consumer"),
                   text_option("--operation", "ID", options->operation,
                               "Only this operation, as sessionsCreate"),
                   text_option("--times", "N", options->times, "How often, or always", check_times)}},
                 running_mock_options(options->mock, "the default one")},
      .notes =
          {"Exit code: 0, 1 if no mock answers or it refuses the rule, or 2 for a mistake in the words."},
      .run = [options] { return fail(*options); }};
}

}  // namespace vault_mock::app
