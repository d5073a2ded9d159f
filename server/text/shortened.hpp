// Texts of others in messages of ours: whole when short, else their two ends.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vault_mock::text {

constexpr std::size_t kLongestShown = 200;

// At most `most` bytes and an ellipsis, cut between characters of UTF-8: "kkkkk…kkk".
std::string shortened(std::string_view text, std::size_t most = kLongestShown);

}  // namespace vault_mock::text
