// The checks that the contract document names in "x-advice": whether a string is what its field is most
// likely meant for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::contract {

// What is wrong with `text`, in words that follow it ("is not an absolute URL"). nullopt: it passes, or no
// check has that name. The checks: url (absolute, or of an app's own scheme), email, color (a CSS hex
// color, rgb(), hsl() or a color name), session_length (readable by text/duration.hpp, above zero, at most
// one week).
std::optional<std::string> failed_check(std::string_view check, std::string_view text);

}  // namespace vault_mock::contract
