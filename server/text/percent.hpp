// Percent-encoding, as URLs have it (RFC 3986, section 2.1).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::text {

// Decodes once and strictly. The error is the first sequence that is not '%' and two hexadecimal digits, as
// it stands in the text, as far as it is visible ASCII: "%zz".
tl::expected<std::string, std::string> percent_decoded(std::string_view text);

// As one segment of a path: letters, digits and - . _ ~ : stay, everything else is encoded.
std::string percent_encoded(std::string_view text);

}  // namespace vault_mock::text
