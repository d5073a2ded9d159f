// What a space may be called: 1 to 200 characters of UTF-8, none of them a control character.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::spaces {

constexpr std::string_view kDefaultSpace = "default";

bool is_space_name(std::string_view name);

// A name as it stands in a path or a header: as it is, or percent-encoded, which is decoded once. The error
// says what is wrong with it.
tl::expected<std::string, std::string> read_space_name(std::string_view text);

// What stands before a path in that space: "/@a%2Fb", and nothing for the default one.
std::string path_prefix(std::string_view name);

}  // namespace vault_mock::spaces
