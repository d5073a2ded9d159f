// `vault-mock health`: is a mock running there, and is it well? For probes of containers, which have no curl.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// The exit code: 0 when a mock answers, else 1. One line says what was found, to standard output or error.
int health(const HealthOptions& options);

}  // namespace vault_mock::app
