// Has a request answered, whatever its handler does, and settles how the answer is framed.
#pragma once

#include "net/handler.hpp"

namespace vault_mock::net {

// What the framing of an answer depends on, beside the answer.
struct Framing {
  bool head_only = false;  // the request was HEAD
  bool http_1_0 = false;   // such a client knows no chunks
  bool close = false;      // the connection closes behind the answer
};

// As the request asks for it; `close` besides when the server stops.
Framing framing_of(const Request& request, bool stopping);

// The handler's answer, fit to be written: its status is one that an answer can have, it has no body where
// its status allows none, and its headers say nothing of the framing. A handler that throws, or answers with
// an impossible status, is refused; where there is no memory, the answer is a bare 500. A fault that
// leaves nothing of a stream takes it away.
Answer respond(Handler& handler, const Request& request, Framing& framing);

// The handler's refusal, likewise; where even that throws, which is logged, a bare 500. `framing.close` is
// set.
Answer respond(Handler& handler, const Refusal& refusal, Framing& framing);

// In a catch block: has the handler log what was thrown.
void report_exception(Handler& handler) noexcept;

// 1xx, 204 and 304 have no body (RFC 9110, 6.4.1).
bool forbids_body(int status);

}  // namespace vault_mock::net
