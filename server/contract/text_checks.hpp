// The checks that the contract document names in "x-advice": what a text is most likely meant to be.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::contract {

// What is suspicious about `text`, to be said after it ("is not an absolute URL"); nothing: it passes, or
// there is no such check. Checks: url (absolute, or of an app's own scheme), email, color (a CSS hex colour,
// rgb(), hsl() or a plain colour name), session_length (readable by the `ms` grammar, above zero, at most one
// week).
std::optional<std::string> failed_check(std::string_view check, std::string_view text);

}  // namespace vault_mock::contract
