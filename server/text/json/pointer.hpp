// JSON Pointers (RFC 6901): "/settings/session_length" leads from the root of a document to one value in it.
//
// A pointer is read into its reference tokens once and followed often. Nothing here throws.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::text {

// The reference tokens: "/a~1b/0" -> {"a/b", "0"}, "" -> {}. Nothing when the text is not a pointer.
std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer);

// A reference token as it is written in a pointer: "a/b" -> "a~1b".
std::string pointer_token(std::string_view key);

// The value that the tokens lead to from `root`; null: there is none. An element of an array is named by its
// index, without leading zeros; "-", the element behind the last, leads to none.
const nlohmann::json* follow(const nlohmann::json* root, std::span<const std::string> tokens);

}  // namespace vault_mock::text
