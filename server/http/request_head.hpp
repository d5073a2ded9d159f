// The head of an HTTP/1 request, read strictly (RFC 9112): the request line, the header fields, and what they
// say about the body and the connection. httplib 0.11 is not asked to read header fields, because it
// percent-decodes their values, drops empty ones and skips malformed lines; the mock must show a client
// exactly what it sent.
//
// Reading is pure: no socket, no allocation but the vector of fields. The views point into the bytes given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "http/limits.hpp"

namespace vault_mock::http {

// Why a request is turned away before it reaches a handler. `reason` is a sentence for people, with static
// storage.
struct Refusal {
  int status = 400;
  std::string_view reason;
};

// Name and value, without the blanks around the value.
using HeaderField = std::pair<std::string_view, std::string_view>;

enum class Scheme { http, https };

struct RequestHead {
  std::string_view method;
  std::string_view target;  // path and query, also where the client sent a whole URL
  bool http_1_0 = false;
  std::vector<HeaderField> fields;  // in the order sent

  bool chunked = false;  // else the body has content_length bytes
  std::uint64_t content_length = 0;
  bool keep_alive = true;  // what the client asks for, by version and Connection
  bool expects_continue = false;

  Scheme scheme = Scheme::http;  // how it came; no head says so
};

// Where the head ends in `bytes`: the position after the blank line, or npos while it has not arrived.
std::size_t end_of_head(std::string_view bytes, std::size_t search_from);

// Reads a whole head, blank line included, into `head` (whose vector is reused). Refuses with 400, 405, 413,
// 414, 417, 431, 501 or 505.
tl::expected<void, Refusal> read_head(std::string_view bytes, const RequestLimits& limits, RequestHead& head);

// Whether `list`, a comma separated header value, contains `token` (case does not matter).
bool list_contains(std::string_view list, std::string_view token);

}  // namespace vault_mock::http
