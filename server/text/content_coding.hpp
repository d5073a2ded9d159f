// Undoes the codings of a body that its Content-Encoding lists (RFC 9110, 8.4): gzip (and x-gzip), and
// deflate, which is a zlib stream (8.4.1.2); a deflate stream without zlib's wrapping is taken, too, as some
// clients send that. Pure, and bounded: what it makes is never larger than asked for, so that a small body
// cannot unfold into a huge one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "text/headers.hpp"

namespace vault_mock::text {

// Why a body cannot be had without its codings.
struct CodingError {
  int status = 400;        // the status of HTTP that says so: 400 (broken), 413 (too large) or 415 (unknown)
  std::string reason;      // one sentence without a full stop: "request body is not gzip, although …"
  std::string suggestion;  // what to do, in one sentence of visible ASCII
};

// The codings that are undone, as Accept-Encoding says it.
inline constexpr std::string_view kKnownCodings = "gzip, deflate";
// Codings in one body; more are a 415.
inline constexpr std::size_t kMostCodings = 3;

// Whether a Content-Encoding field names a coding other than `identity`, which is none.
bool is_encoded(std::span<const HeaderView> headers);

// The body without the codings that the Content-Encoding fields of `headers` list, the last one first. No
// step on the way is larger than `most` bytes.
tl::expected<std::string, CodingError> decoded_body(std::span<const HeaderView> headers,
                                                    std::string_view body, std::size_t most);

}  // namespace vault_mock::text
