// What a rule asks for, read and checked, its templates not yet filled in. A request turns it into a Reply.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rules/answering/template.hpp"

namespace vault_mock::rules {

// Go on as usual: the rule decides that nothing else is wrong.
struct Pass {};

// An error of the catalogue in the vendor's shape, by status (400-599) or type name, with overrides.
struct RespondError {
  std::variant<int, std::string> error;
  std::optional<int> status;
  std::optional<Template> type_name, message, ref;
  std::optional<Template> detail;  // renders to JSON: a string or an object
};

// Status and bytes as written.
struct RespondPlain {
  int status = 200;
  std::optional<Template> body;
  std::string content_type;  // empty: there is no body
};

// A session, with its token changed.
struct RespondSession {
  std::optional<std::chrono::milliseconds> ttl;  // negative: it has expired already
  std::optional<Template> claims;                // renders to a JSON object, merged over the usual claims
  std::optional<Template> token, uri;            // in place of the usual ones
};

// How long an answer waits, at most one hour.
struct FixedDelay {
  std::chrono::milliseconds time;
};
struct UniformDelay {
  std::chrono::milliseconds min, max;
};
struct LogNormalDelay {  // half of the answers wait longer than the median; sigma spreads them
  std::chrono::milliseconds median;
  double sigma;
};
using Delay = std::variant<FixedDelay, UniformDelay, LogNormalDelay>;

// How the connection fails. Each is done to the real socket.
struct Reset {};                       // a TCP RST in place of an answer
struct Close {};                       // closed without a byte
struct Truncate {};                    // all headers and half of the body, then closed
struct Malformed {};                   // a body of broken JSON, complete by its content-length
struct Drip {                          // the body in slow pieces
  std::size_t chunk = 16;              // bytes
  std::chrono::milliseconds gap{100};  // before each piece
};
struct Hang {  // no byte until the client gives up or the limit has passed; then closed
  std::chrono::milliseconds limit{60'000};
};
using Fault = std::variant<std::monostate, Reset, Close, Truncate, Malformed, Drip, Hang>;

struct Respond {
  std::variant<Pass, RespondError, RespondPlain, RespondSession> content;
  std::vector<std::pair<std::string, Template>> headers;  // names in lower case; they replace usual ones
  std::optional<Delay> delay;
  Fault fault;
};

}  // namespace vault_mock::rules
