// A request of a journal as a command for curl.
#pragma once

#include <string>
#include <string_view>

#include "spaces/entry.hpp"

namespace vault_mock::site {

// One command for a POSIX shell, with a line end behind it, which asks the mock for the same again.
// `base_url` is that of the entry's space. A credential is $APIDECK_API_KEY, another secret header
// $MOCK_SECRET; what the journal has not kept of a body is told in a comment line before it.
std::string curl_of(const spaces::Entry& entry, std::string_view base_url);

}  // namespace vault_mock::site
