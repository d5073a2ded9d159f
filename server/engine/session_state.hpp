// What a session token is worth to the pages that show it.
#pragma once

#include <string_view>

#include "spaces/space.hpp"

namespace vault_mock::engine {

// active, expired, revoked, or broken: not a token that this space signed. `now` is by the space's clock.
std::string_view session_state(std::string_view token, const spaces::Space& space, spaces::Time now);

}  // namespace vault_mock::engine
