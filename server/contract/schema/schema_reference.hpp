// "$ref": a JSON Pointer into the schema that contains it. Nothing is fetched.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::contract {

// The value that "#" or "#/json/pointer" points to, or an error that says why there is none.
tl::expected<const nlohmann::json*, std::string> follow_reference(const nlohmann::json& root,
                                                                  std::string_view reference);

// Its JSON Pointer, percent-decoded: "#/$defs/a%20b" -> "/$defs/a b".
std::string pointer_of_reference(std::string_view reference);

}  // namespace vault_mock::contract
