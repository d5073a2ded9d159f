// A scenario: a text file that reads as HTTP exchanges with the mock, one behaviour each.
// tests/scenarios/README.md shows the format to its writers; this is what the reader makes of it.
//
//   file        = title blank *(only | option | rules | comment | exchange)
//   title       = the first paragraph: what is true, in a sentence or two
//   only        = "only over the socket": what is said is the connection layer's doing
//   option      = "with " words of the command line; a word that is a file beside the scenario stands for its
//   path rules       = "rules" newline, JSON up to the next exchange: a rule file, loaded on top of the
//   defaults comment     = "# " anything; where an exchange may begin or an expected body has ended exchange
//   = ["N times"] request answer request     = "METHOD target" newline, headers, [blank line, body] header =
//   "name: value" | "…", first, for the headers of the request before; then a named one replaces those
//                 of its name, and "no name" drops them
//   answer      = "< 200" newline, "< " lines, [body]
//   "< " lines  = "< name: value"   a header, the value may have wildcards
//                 "< no name"       that header is absent
//                 "< after 2s"      the answer waits that long (without the line: not at all)
//                 "< no body"       there is none
//                 "< exactly"       the body that follows is compared byte for byte, else as JSON
//                 (json_pattern.hpp)
//                 "< claims"        JSON follows that the session token's payload equals, byte for byte but
//                 for white
//                                   space between tokens
//
// A request's body ends before its answer, without the newline. In request line, headers and body "⟨…⟩"
// stands for bytes that are awkward to write (placeholder.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace vault_mock::scenarios {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string target;
  HeaderList headers;  // as written; names in the writer's case
  std::string body;
  int line = 0;
};

// A piece of expected text and the line of the file where it starts.
struct Located {
  std::string text;
  int line = 0;
};

struct ExpectedHeader {
  std::string name;                  // lower case
  std::optional<std::string> value;  // nothing: the header is absent
  int line = 0;
};

struct ExpectedAnswer {
  enum class Body { unsaid, none, json, exact };
  enum class Claims { unsaid, json, exact };

  int status = 0;
  std::vector<ExpectedHeader> headers;
  std::chrono::milliseconds delay{0};
  Body body_kind = Body::unsaid;
  Located body;
  Claims claims_kind = Claims::unsaid;
  Located claims;
  int line = 0;
};

struct Exchange {
  Request request;
  ExpectedAnswer answer;
  int times = 1;
};

struct Scenario {
  std::string title;
  bool only_over_socket = false;
  std::vector<std::string> options;
  std::string rules;  // text of a rule file, or empty
  std::vector<Exchange> exchanges;
};

// The request's headers, with host and content-length where it has none: what any client would add.
HeaderList sent_headers(const Request& request);

struct Unreadable {
  int line = 0;
  std::string reason;
};

// Every line must be understood, and there must be an exchange.
tl::expected<Scenario, Unreadable> read_scenario(std::string_view text);

}  // namespace vault_mock::scenarios
