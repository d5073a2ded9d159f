// What a caller most likely meant whose path names a connector or a resource that there is not.
#pragma once

#include <string>

#include "engine/call.hpp"

namespace vault_mock::engine {

// One sentence, or empty: the path names none, or nothing is near.
std::string hint_on_ids(const Call& call);

}  // namespace vault_mock::engine
