// The operations that have behaviour of their own. One without answers with its documented example.
#pragma once

#include <string_view>

#include "engine/call.hpp"

namespace vault_mock::engine {

using Handler = Response (*)(Call&);

// By operation id; null: the operation has none.
Handler find_handler(std::string_view operation_id);

Response create_session(Call& call);

}  // namespace vault_mock::engine
