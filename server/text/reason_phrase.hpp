// The words behind an HTTP status: 402 is "Payment Required" (RFC 9110, and the registry of statuses).
#pragma once

#include <string_view>

namespace vault_mock::text {

// "Unknown Status" for a status that the registry does not have.
std::string_view reason_phrase(int status);

}  // namespace vault_mock::text
