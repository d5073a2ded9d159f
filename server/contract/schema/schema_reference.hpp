// "$ref": where it leads. Only into the schema it stands in; nothing is fetched.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::contract {

// The value that "#" or "#/json/pointer" leads to. The error says why it leads nowhere.
tl::expected<const nlohmann::json*, std::string> follow_reference(const nlohmann::json& root,
                                                                  std::string_view reference);

// Its JSON Pointer: "#/$defs/a%20b" -> "/$defs/a b".
std::string pointer_of_reference(std::string_view reference);

}  // namespace vault_mock::contract
