// The vendor's health of a connection. Pure.
#pragma once

#include <string_view>

#include "vault/connection.hpp"

namespace vault_mock::vault {

// What stands between the connection and its work. Documented: the names, and that of several the first of
// this order is said. Inferred: missing_settings by required form fields, needs_consent while the newest
// consent is a denial, needs_auth while OAuth is not authorized or the provider refused. The mock refreshes
// no tokens and reaches no provider: the vendor's pending_refresh and degraded do not occur. Unknown: the
// health of what is not set up yet; here it is judged as if it had just been added.
enum class Health { revoked, missing_settings, needs_consent, pending_confirmation, needs_auth, ok };
std::string_view to_string(Health health);
Health health_of(const Connector& connector, const Connection* connection);

}  // namespace vault_mock::vault
