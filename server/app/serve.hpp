// Builds everything, serves until SIGINT or SIGTERM (or, with --with-parent, the end of standard input), and
// takes it down again. Blocks the calling thread.
#pragma once

#include "app/serve_options.hpp"

namespace vault_mock::app {

// Returns the exit code: 0 after SIGINT or SIGTERM, 2 if it could not start (standard error says why). SIGHUP
// reads the rule files again. The ready file exists only while it serves.
int serve(const ServeOptions& options);

}  // namespace vault_mock::app
