// `vault-mock ca`: the local certificate authority, and how clients learn to trust it.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// Makes the authority if there is none. The exit code: 0, or 2 when it cannot be had (standard error says
// why).
int ca(const CaOptions& options);

}  // namespace vault_mock::app
