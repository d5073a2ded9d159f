// A mock that runs, for commands that look into it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/cli/command.hpp"
#include "net/client.hpp"

namespace vault_mock::app {

struct RunningMockOptions {
  std::string url = "http://127.0.0.1:4010";
  std::string space;  // empty: that of the URL, or else the command says which
  std::string admin_token;
};

// --url, --space and --admin-token. `spaces`: what --space means when it is left out.
OptionGroup running_mock_options(RunningMockOptions& options, const std::string& spaces);

// Exit codes of these commands: no mock answers or it refuses, and a mistake in the words.
constexpr int kRefused = 1, kMistake = 2;
// Says on standard error why the command did not do what it was asked for. → the exit code
int failed(std::string_view command, const std::string& why, int code = kRefused);
// Runs what reads the answers of a mock. One that has not the members of a mock's answers is a failure:
// something else listens there.
int reading_answers(std::string_view command, const std::function<int()>& run);

// Asks the mock's own API. Each call opens a connection of its own and blocks its thread. The errors are
// whole sentences, which say what to do.
class RunningMock {
 public:
  // The URL may lead to a space, as that of a client: "http://127.0.0.1:4010/@checkout-17"; or to the page.
  // The error: it is not one, or the options name another space.
  static tl::expected<RunningMock, std::string> create(const RunningMockOptions& options);

  // That of the URL or of the options; empty: neither names one.
  const std::string& space() const { return space_; }

  // GET /_mock/RESOURCE in that space; empty: the default one. Anything but 200 is an error.
  tl::expected<nlohmann::ordered_json, std::string> get(std::string_view space,
                                                        const std::string& resource) const;
  // POST /_mock/RESOURCE with a body in JSON. Anything but 2xx is an error.
  tl::expected<nlohmann::ordered_json, std::string> post(std::string_view space, const std::string& resource,
                                                         const std::string& json) const;
  // Each piece of an answer without end, until `take` returns false.
  tl::expected<void, std::string> follow(std::string_view space, const std::string& resource,
                                         const std::function<bool(std::string_view)>& take) const;

 private:
  std::string target(std::string_view space, const std::string& resource) const;
  std::string failure(const net::ClientFailure& failure) const;
  std::string refusal(const net::ClientAnswer& answer) const;

  std::string url_;
  net::Origin origin_;
  std::string path_;  // of the URL, before the space, without a slash at its end
  std::string space_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

}  // namespace vault_mock::app
