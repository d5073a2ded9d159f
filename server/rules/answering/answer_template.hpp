// What a rule answers. The same structs serve twice: AnswerTemplate has templates for texts, as a rule file
// is read; RenderedAnswer has plain texts, made from it for one request (rendered_answer.hpp). Plain values,
// which own all they hold.
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

// The usual answer; the rule only decides that no later rule is asked.
struct Pass {};

// An error of the catalogue in the vendor's shape. Each member that is present replaces the catalogue's.
template <typename Text>
struct ErrorAnswer {
  std::variant<int, std::string> error;  // its status (400-599), or its type name, which is in KnownNames
  std::optional<int> status;
  std::optional<Text> type_name, message, ref;
  std::optional<Text> detail;  // JSON: a string or an object
};

// A status and a body as written.
template <typename Text>
struct PlainAnswer {
  int status = 200;
  std::optional<Text> body;
  std::string content_type;  // empty when there is no body, or when the answer's `headers` name one
};

// How authorizing by OAuth goes for a session; what is absent is as in its space.
struct OAuthChanges {
  std::optional<bool> confirm;        // takes two steps when a nonce comes
  std::optional<bool> severs_opener;  // the popup loses its opener
};

// A session, with its token changed.
template <typename Text>
struct SessionAnswer {
  std::optional<std::chrono::milliseconds> ttl;  // negative: the token has expired already
  std::optional<Text> claims;                    // a JSON object, merged over the usual claims
  std::optional<Text> token, uri;                // in place of the usual ones
  OAuthChanges oauth = {};
};

// How long an answer waits, at most one hour.
struct FixedDelay {
  std::chrono::milliseconds time;
};
struct UniformDelay {
  std::chrono::milliseconds min, max;
};
struct LogNormalDelay {  // half of the answers wait longer than the median; sigma is the spread
  std::chrono::milliseconds median;
  double sigma;
};
using Delay = std::variant<FixedDelay, UniformDelay, LogNormalDelay>;

// How the connection fails. The server does it to the real socket.
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
// As rules call them, in the order of Fault.
inline constexpr auto kFaultNames =
    std::to_array<std::string_view>({"reset", "close", "truncate", "malformed", "drip", "hang"});
// Empty: there is none.
constexpr std::string_view name_of(const Fault& fault) {
  return fault.index() == 0 ? std::string_view() : kFaultNames[fault.index() - 1];
}

template <typename Text, typename Wait>
struct BasicAnswer {
  std::variant<Pass, ErrorAnswer<Text>, PlainAnswer<Text>, SessionAnswer<Text>> content;
  // Names in lower case; one that stands more than once is sent so. They replace the usual ones.
  std::vector<std::pair<std::string, Text>> headers;
  Wait delay{};  // before the answer
  Fault fault;
};

using AnswerTemplate = BasicAnswer<Template, std::optional<Delay>>;
// No value of `headers` has control characters.
using RenderedAnswer = BasicAnswer<std::string, std::chrono::milliseconds>;

}  // namespace vault_mock::rules
