// "Did you mean …": the known word that a mistaken one most likely means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::text {

// The candidate nearest to `word`, or nothing when none is near: equal but for case, '-', '_' and spaces
// ("redirectUri" is near "redirect_uri"), or within a third of its length in edits (transposition counts as
// one), or the same words in another order ("createSession" is near "sessionsCreate"). The first of equals
// wins.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// "Did you mean 'redirect_uri'?", or empty for nothing.
std::string did_you_mean(const std::optional<std::string>& word);

}  // namespace vault_mock::text
