// `vault-mock explain`: what the mock would answer to a request, and why.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// Answers the request in process, without a socket, and writes the answer and its trace to standard output.
// The exit code is 0, or 2 when the request or the rules cannot be read.
int explain(const ExplainOptions& options);

}  // namespace vault_mock::app
