// What an answer's `Date` says (RFC 9110, 6.6.1): when it was made, by the clock on the wall. A space's
// clock, which tests freeze and move, is the business of the API; this field is the connection's, and caches
// and signatures on the way to the client reckon with it.
#pragma once

#include <string_view>

namespace vault_mock::net {

// "Sun, 06 Nov 1994 08:49:37 GMT". Written once a second; good until the thread's next call.
std::string_view current_date();

}  // namespace vault_mock::net
