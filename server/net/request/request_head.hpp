// The head of an HTTP/1 request, read strictly (RFC 9112): the request line, the header fields, and what they
// say about the body and the connection. httplib 0.11 is not asked to read header fields, because it
// percent-decodes their values, drops empty ones and skips malformed lines; the mock must show a client
// exactly what it sent.
//
// Strictly means: where a proxy in front could read the bytes in another way than we do, they are refused,
// and the connection closes. The head is judged line by line, so that the verdict is the same whatever the
// pieces in which it arrives.
//
//   - Lines end in CRLF.
//   - HTTP/1.0 and 1.1 are spoken, and a later 1.x is taken for 1.1 (RFC 9110, 2.5); another version is a
//     505.
//   - There is exactly one Host, and it is valid (9112, 3.2); HTTP/1.0 may do without. Where the target is a
//     whole URL, `headers` has its host in the place of what Host said (3.2.2).
//   - Content-Length is given once, in digits (6.2), and not beside Transfer-Encoding (6.1, 6.3).
//   - Transfer-Encoding is `chunked`. Where chunked is not the last coding, or comes twice, that is a 400
//     (6.3); codings before it are a 501; in HTTP/1.0 any is a 400 (6.1).
//
// Reading is pure: no socket, no allocation but the vector of headers. The views point into the bytes given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "net/limits.hpp"
#include "net/refusal.hpp"
#include "net/request.hpp"
#include "net/request/field_line.hpp"

namespace vault_mock::net {

// What is served, as `Allow` says it.
inline constexpr std::string_view kServedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

// Where the head ends in `bytes`: the position after the blank line, or npos while it has not arrived.
std::size_t end_of_head(std::string_view bytes, std::size_t search_from);

// Reads a whole head, blank line included, into `request` (whose vector is reused). Refuses with 400, 405,
// 413, 414, 417, 431, 501 or 505. Of a head that has not ended, and that is beyond hope, it tells what the
// whole would be refused with.
tl::expected<void, Refusal> read_head(std::string_view bytes, const RequestLimits& limits, Request& request);

// Whether the end of a head need not be waited for: a line of it ends in a bare LF, or it is too large. Bytes
// before `looked_at` have been looked at already.
bool is_beyond_hope(std::string_view bytes, std::size_t looked_at, const RequestLimits& limits);

// Whether `list`, a comma separated header value, contains `token` (case does not matter).
bool list_contains(std::string_view list, std::string_view token);

}  // namespace vault_mock::net
