// Builds everything once, serves until a signal says to stop, and takes it down again.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// The exit code: 0 after SIGINT or SIGTERM, 2 when it could not start (one line on standard error says why).
// SIGHUP reads the rule files again. The ready file is there while it serves, and at no other time.
int serve(const ServeOptions& options);

}  // namespace vault_mock::app
