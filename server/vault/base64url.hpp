// Base64 for URLs without padding (RFC 4648 section 5), as JWTs are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::vault {

void append_base64url(std::string& to, std::string_view bytes);

// Nothing when the text has a byte that is not of the alphabet, or an impossible length.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace vault_mock::vault
