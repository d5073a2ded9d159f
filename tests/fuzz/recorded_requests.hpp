// A space that was asked for what leaves something of every kind in the entries of its journal: sessions, what the
// contract refuses, advice, rules that decide, pass, break the answer, and are skipped for every reason.
#pragma once

#include "spaces/space.hpp"

namespace vault_mock::fuzz {

// One for the process, asked once.
spaces::Space& recorded_requests();

}  // namespace vault_mock::fuzz
