#include "app/cli/running_mock.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "app/cli/option_kinds.hpp"
#include "app/probe.hpp"
#include "app/terminal/print.hpp"
#include "spaces/space_name.hpp"
#include "text/json/json_document.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

constexpr std::size_t kLongestAnswer = std::size_t{8} << 20;  // a page of a list takes a megabyte or two
// A stream says something every 10 seconds.
constexpr std::chrono::seconds kPatienceOfStream{30};

constexpr std::string_view kPage = "/_mock";

struct ReadUrl {
  net::Origin origin;
  std::string path;  // before the space
  std::string space;
};

tl::expected<ReadUrl, std::string> read_url(std::string_view url) {
  const auto whole = url;
  const auto wrong = [&](std::string_view why) {
    return tl::unexpected(fmt::format("--url: '{}' is not a valid URL: {}; use http://127.0.0.1:4010",
                                      text::printable(whole), why));
  };
  ReadUrl read;
  if (url.find_first_of("?#") != url.npos)
    return wrong("it has a query or a fragment (a '?' or '#' of a name is written %3F or %23)");
  if (url.starts_with("https://"))
    read.origin.scheme = net::Scheme::https;
  else if (!url.starts_with("http://"))
    return wrong("it must start with http:// or https://");
  url.remove_prefix(whole.find("://") + 3);
  auto authority = url.substr(0, url.find('/'));
  read.path = url.substr(authority.size());
  while (read.path.ends_with('/')) read.path.pop_back();
  const auto end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  auto host = authority.substr(0, end);
  authority.remove_prefix(host.size());
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return wrong("it names no host");
  read.origin.host = host;
  read.origin.port = read.origin.scheme == net::Scheme::https ? 443 : 80;
  if (!authority.empty()) {
    const auto port = text::whole_number<std::uint16_t>(authority.substr(1));
    if (authority.front() != ':' || !port || *port == 0) return wrong("its port is not one from 1 to 65535");
    read.origin.port = *port;
  }
  if (read.path.ends_with(kPage)) read.path.resize(read.path.size() - kPage.size());
  const auto prefix = read.path.find("/@");
  if (prefix == read.path.npos) return read;
  const auto name = read.path.substr(prefix + 2);
  if (name.find('/') != name.npos) return wrong("it goes on behind the space");
  const auto space = spaces::read_space_name(name);
  if (!space) return wrong(space.error());
  read.space = *space;
  read.path.resize(prefix);
  return read;
}

}  // namespace

OptionGroup running_mock_options(RunningMockOptions& options, const std::string& spaces) {
  OptionGroup group{
      "Mock",
      {text_option("--url", "URL", options.url, "Where the mock is; it may lead to a space, as .../@NAME",
                   check_url),
       text_option("--space", "NAME", options.space, "Space to look into; without it " + spaces),
       text_option("--admin-token", "TOKEN", options.admin_token,
                   "Token, where the mock was started with one")}};
  return named_in_environment({std::move(group)}).front();
}

int failed(std::string_view command, const std::string& why, int code) {
  complain("vault-mock " + std::string(command), why);
  return code;
}

int reading_answers(std::string_view command, const std::function<int()>& run) {
  try {
    return run();
  } catch (const nlohmann::json::exception&) {
    return failed(command, "what answers there is not a mock of this version: its answer reads otherwise");
  }
}

tl::expected<RunningMock, std::string> RunningMock::create(const RunningMockOptions& options) {
  const auto read = read_url(options.url);
  if (!read) return tl::unexpected(read.error());
  if (!read->space.empty() && !options.space.empty() && read->space != options.space)
    return tl::unexpected(
        fmt::format("--url leads to space '{}', and --space names '{}': leave one of them out",
                    text::printable(read->space), text::printable(options.space)));
  RunningMock mock;
  mock.space_ = options.space.empty() ? read->space : options.space;
  mock.url_ = options.url;
  mock.origin_ = read->origin;
  mock.path_ = read->path;
  if (!options.admin_token.empty())
    mock.headers_.emplace_back("Authorization", "Bearer " + options.admin_token);
  return mock;
}

std::string RunningMock::target(std::string_view space, const std::string& resource) const {
  return path_ + (space.empty() ? "" : spaces::path_prefix(space)) + "/_mock/" + resource;
}

std::string RunningMock::failure(const net::ClientFailure& failure) const {
  return fmt::format(
      "no mock answers at {}: {}. Start one with vault-mock, or use --url to name another address",
      text::printable(url_), words_of(failure, origin_.scheme));
}

// In the mock's own words, if it is one.
std::string RunningMock::refusal(const net::ClientAnswer& answer) const {
  const auto document = text::read_json(answer.body);
  if (document && document->value.is_object() && document->value.contains("error") &&
      document->value["error"].is_string()) {
    const auto words = text::printable(document->value["error"].get<std::string>());
    return answer.status == 401 ? words + " (--admin-token)" : words;
  }
  return fmt::format("{} answered {}, which vault-mock does not. Use --url to name another address",
                     text::printable(url_), answer.status);
}

tl::expected<nlohmann::ordered_json, std::string> RunningMock::get(std::string_view space,
                                                                   const std::string& resource) const {
  net::ClientLimits limits;
  limits.body = kLongestAnswer;
  const auto answer = net::get(origin_, target(space, resource), headers_, limits);
  if (!answer) return tl::unexpected(failure(answer.error()));
  auto body = nlohmann::ordered_json::parse(answer->body, nullptr, /*allow_exceptions=*/false);
  if (answer->status != 200 || !body.is_object()) return tl::unexpected(refusal(*answer));
  return body;
}

tl::expected<nlohmann::ordered_json, std::string> RunningMock::post(std::string_view space,
                                                                    const std::string& resource,
                                                                    const std::string& json) const {
  const auto answer = net::post(origin_, target(space, resource), headers_, json);
  if (!answer) return tl::unexpected(failure(answer.error()));
  auto body = nlohmann::ordered_json::parse(answer->body, nullptr, /*allow_exceptions=*/false);
  if (answer->status / 100 != 2 || !body.is_object()) return tl::unexpected(refusal(*answer));
  return body;
}

tl::expected<void, std::string> RunningMock::follow(std::string_view space, const std::string& resource,
                                                    const std::function<bool(std::string_view)>& take) const {
  net::ClientLimits limits;
  limits.patience = kPatienceOfStream;
  const auto answer = net::follow(origin_, target(space, resource), headers_, take, limits);
  if (!answer) return tl::unexpected(failure(answer.error()));
  if (answer->status != 200) return tl::unexpected(refusal(*answer));
  return {};
}

}  // namespace vault_mock::app
