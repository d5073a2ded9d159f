// Points in time as HTTP's header fields write them (RFC 9110, 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
#pragma once

#include <chrono>
#include <string>

namespace vault_mock::text {

// For years of four digits. Always 29 characters, in English, whatever the locale.
std::string format_http_date(std::chrono::sys_seconds time);

}  // namespace vault_mock::text
