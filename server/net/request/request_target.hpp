// What a request line asks for (RFC 9112, section 3.2), read strictly:
//
//     target = "/path?query"                        of nearly all requests
//            / "http://host/path?query"             the whole URL, as clients send it to a proxy; https, too
//            / "*"                                  the server as such, with OPTIONS only
//
// The form for CONNECT, "host:port", has no place here, as CONNECT has none. A fragment (#…) is never sent.
// Bytes that a URL does not have are refused: control characters, blanks, those beyond ASCII, and the quotes
// " < >, which every client percent-encodes. [ ] { } | \ ^ ` pass, as browsers and fetch() send them as they
// are. In a path, % is followed by two hexadecimal digits; a query may hold others, as browsers send them so.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "net/refusal.hpp"

namespace vault_mock::net {

// Views into the target.
struct RequestTarget {
  // "/path?query"; "?query" of a URL without a path, which means "/?query"; "/" of one without either;
  // "*".
  std::string_view path_and_query;
  std::string_view authority;  // of a whole URL: "host:port"; else empty
};

// A refusal is a 400.
tl::expected<RequestTarget, Refusal> read_request_target(std::string_view method, std::string_view target);

}  // namespace vault_mock::net
