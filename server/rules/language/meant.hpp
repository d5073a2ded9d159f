// What other notations mean here: wildcards and parameters in paths, JSONPath and dots in keys of bodies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::rules {

// Whether there is a '*', a "{parameter}" or a ":parameter" in a path.
bool has_wildcard(std::string_view path);

// A regular expression for such a path: "/vault/connections/{unified_api}/*" ->
// "^/vault/connections/[^/]+/.*".
std::string pattern_of(std::string_view path);

// The JSON Pointer that a key stands for: "$.settings.unified_apis[0]" -> "/settings/unified_apis/0".
// Nothing: it may mean many places.
std::optional<std::string> meant_pointer(std::string_view key);

}  // namespace vault_mock::rules
