// What a session token is worth to the pages that show it.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "spaces/space.hpp"

namespace vault_mock::engine {

// active, expired, revoked, or broken: not a token that this space signed. `now` is by the space's clock.
std::string_view session_state(std::string_view token, const spaces::Space& space, spaces::Time now);
// The same of a token whose claims were read already; null: this space did not sign it.
std::string_view session_state(std::string_view token, const nlohmann::json* claims,
                               const spaces::Space& space, spaces::Time now);

}  // namespace vault_mock::engine
