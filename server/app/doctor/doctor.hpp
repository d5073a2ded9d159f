// The report of `vault-mock doctor`: what would keep the mock from serving with these options, what clients
// may stumble over, and which URL each of them uses. Changes nothing, and asks no other machine but the
// store.
#pragma once

#include "app/serve_options.hpp"

namespace vault_mock::app {

// Prints to standard output. Returns the exit code: 1 if there is a problem, else 0; warnings alone are 0.
int doctor(const ServeOptions& options);

}  // namespace vault_mock::app
