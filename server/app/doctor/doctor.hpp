// `vault-mock doctor`: what would keep the mock from being served with these options, what clients may
// stumble over, and which URL each of them takes. Changes nothing, and asks no other machine.
#pragma once

#include "app/cli/options.hpp"

namespace vault_mock::app {

// Writes to standard output. The exit code: 1 when there is a problem, else 0; a warning is none.
int doctor(const DoctorOptions& options);

}  // namespace vault_mock::app
