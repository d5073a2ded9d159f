// JSON Pointers (RFC 6901), taken apart once and followed often; never throws.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::rules {

// The reference tokens: "/a~1b/0" -> {"a/b", "0"}, "" -> {}. Nothing when the text is no pointer.
std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer);

// The value they lead to from `root`, or null.
const nlohmann::json* follow(const nlohmann::json* root, const std::vector<std::string>& tokens);

}  // namespace vault_mock::rules
