#include "fuzz/targets/whole_mock.hpp"

#include <algorithm>

#include "app/log/logging.hpp"
#include "fuzz/target.hpp"
#include "text/ascii.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::fuzz {
namespace {

constexpr std::uint64_t kSeed = 1;

app::ServeOptions options_for(Mode mode) {
  app::ServeOptions options;
  options.seed = kSeed;
  options.now = text::parse_timestamp("2027-01-01T00:00:00Z");
  options.log_level = "off";
  options.strict = mode == Mode::strict;
  options.max_spaces = 20;
  return options;
}

}  // namespace

WholeMock::WholeMock(Mode mode) {
  const auto options = options_for(mode);
  auto mock = app::Mock::create(options, app::make_log(options));
  require(mock.has_value(), "the mock starts");
  mock_ = std::move(*mock);
}

void WholeMock::begin() {
  for (const auto& space : mock_->spaces().all()) mock_->spaces().remove(space->name());
  space().reset({.rules = true, .counters = true, .journal = true, .clock = true, .sessions = true});
  space().set_seed(kSeed);
}

WholeMock& whole_mock(Mode mode) {
  static WholeMock as_real(Mode::as_real), strict(Mode::strict);
  auto& mock = mode == Mode::strict ? strict : as_real;
  mock.begin();
  return mock;
}

void check_answer(const net::Answer& answer, std::string_view method) {
  require(answer.status >= 200 && answer.status <= 599,
          "a status of HTTP, not " + std::to_string(answer.status));
  for (const auto& [name, value] : answer.headers) {
    require(!name.empty() && name.find_first_of("\r\n:") == name.npos, "a header has a name: " + name);
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == value.npos,
            "no header breaks out: " + value);
  }
  const auto type = std::ranges::find_if(answer.headers, [](const auto& header) {
    return text::equal_ignoring_case(header.first, "content-type");
  });
  const bool is_broken_on_purpose =
      std::ranges::any_of(answer.headers, [](const auto& header) { return header.first == "x-mock-rule"; });
  if (type != answer.headers.end() && type->second.starts_with("application/json") && method != "HEAD" &&
      !is_broken_on_purpose && !answer.next_piece)
    require(nlohmann::json::accept(answer.body), "a JSON answer is JSON: " + answer.body);
}

}  // namespace vault_mock::fuzz
