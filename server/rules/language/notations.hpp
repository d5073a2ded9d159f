// Translates notations that rules do not have, for suggestions: wildcards and parameters in paths, and
// JSONPath or dots in place of JSON Pointers. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::rules {

// Whether a path has a '*', a "{parameter}" or a ":parameter".
bool has_wildcard(std::string_view path);

// The regular expression for such a path, open at its end: "/vault/connections/{unified_api}/*" ->
// "^/vault/connections/[^/]+/.*".
std::string pattern_from(std::string_view path);

// The JSON Pointer for such a key: "$.settings.unified_apis[0]" -> "/settings/unified_apis/0". nullopt when
// the key may match at more than one place.
std::optional<std::string> pointer_from(std::string_view key);

}  // namespace vault_mock::rules
