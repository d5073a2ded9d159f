// Puts a connection into a state directly, for tests and demonstrations. Pure.
#pragma once

#include <optional>
#include <vector>

#include "vault/connection.hpp"

namespace vault_mock::vault {

// The connection, changed no more than the state asks for: required settings get a value of the field's kind,
// or are taken away, and so is the authorization. Nothing: a connection to this connector is never in that
// state. Not for `available`, which is to have no connection.
std::optional<Connection> preset_connection(const Connector& connector, Connection connection,
                                            ConnectionState state);

// The states in which a connection to this connector can be set up, `available` among them.
std::vector<ConnectionState> states_of(const Connector& connector);

}  // namespace vault_mock::vault
