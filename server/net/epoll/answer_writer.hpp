// The bytes of an answer (RFC 9112). Pure.
//
// Headers are written in the answer's own order; behind them Date, Content-Type where a body has none, the
// length or the transfer coding, and Connection.
#pragma once

#include <string>
#include <string_view>

#include "net/respond.hpp"

namespace vault_mock::net {

// Appends the head, and the body where one is sent.
void write_answer(std::string& to, const Answer& answer, const Framing& framing);

// The head of a streaming answer. Its body is in chunks, or, for HTTP/1.0, ends with the connection; then
// `framing.close` is set.
void write_stream_head(std::string& to, const Answer& answer, Framing& framing);

// One piece of a body in chunks; nothing for an empty one, which would end it.
void write_chunk(std::string& to, std::string_view piece);

}  // namespace vault_mock::net
