// The session that an answer made, for the details of a journal entry.
#pragma once

#include <string>

#include "spaces/entry.hpp"
#include "spaces/space.hpp"

namespace vault_mock::site {

// {"claims", "issued", "expires", "state"} as JSON text; empty: the answer has no token of this space. The
// state is that of now.
std::string token_json(const spaces::Entry& entry, const spaces::Space& space, spaces::Time wall);

}  // namespace vault_mock::site
