// Advice where a client seems to hang, as its SDK asks again by itself what failed (spaces/retry_watch.hpp).
#pragma once

#include <optional>

#include "contract/violation.hpp"
#include "engine/api_request.hpp"
#include "engine/outcome.hpp"
#include "spaces/space.hpp"

namespace vault_mock::site {

// Once for each consumer of a space. `wall`: when the request came. Any thread may call it.
std::optional<contract::Advice> retry_advice(const engine::ApiRequest& request,
                                             const engine::Outcome& outcome, spaces::Space& space,
                                             spaces::Time wall);

}  // namespace vault_mock::site
