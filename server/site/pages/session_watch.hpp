// What an open page asks every other second:
// whether its session still holds, and what time it is in the space.
#pragma once

#include <optional>

#include "engine/api_request.hpp"
#include "net/answer.hpp"
#include "spaces/space.hpp"

namespace vault_mock::site {

// GET /_page/session?token=… is {"state":"active","now":1790000000000,"frozen":false}; `now` in milliseconds
// by the space's clock. Open to pages of all origins, as the API is, since whoever asks has the token
// already. It is the page's own affair: no rule, no line in journal and log, no throw of the dice.
// Empty for another path.
std::optional<net::Answer> watch_session(const engine::ApiRequest& request, const spaces::Space& space,
                                         spaces::Time wall);

}  // namespace vault_mock::site
