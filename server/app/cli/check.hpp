// `vault-mock check`: every mistake in rule files, as a compiler reports them.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// The exit code: 0 when there is no mistake (warnings are none), else 1. Writes to standard output.
int check(const CheckOptions& options);

}  // namespace vault_mock::app
