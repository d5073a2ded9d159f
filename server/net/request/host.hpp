// What a `Host` field says, and the authority of an http(s) URL: a name or an address, and perhaps a port
// (RFC 9110, 7.2 and 4.2; RFC 3986, 3.2.2 and 3.2.3).
//
//     host = (name / IPv4 / "[" IPv6 "]" / "[v" future "]") [":" [port]]
//     name = 1*(letter / digit / one of -._~!$&'()*+,;= / "%" HEX HEX)      port = 0 … 65535
//
// Beside the grammar: a name is not empty, as a URL of http or https with an empty one is to be rejected, and
// a port is one that TCP has. There is no userinfo (4.2.4: treat it as an error), and no zone of an IPv6
// address.
#pragma once

#include <string_view>

namespace vault_mock::net {

bool is_host(std::string_view text);

}  // namespace vault_mock::net
