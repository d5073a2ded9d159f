// The names of query parameters: those that an operation has, and those that a client took for its own.
#pragma once

#include <string_view>
#include <vector>

#include "contract/operation.hpp"

namespace vault_mock::contract {

// About each parameter of the raw `query` that the operation does not have, and that is ignored therefore. In
// the query of an operation that a browser is led to (one without credentials) only those that resemble a
// parameter: providers and campaigns add theirs to such links. Nothing on `_method` and `jwt`, which the
// vendor's clients add to any path. At most 100.
std::vector<Advice> advise_query_names(const Operation& operation, std::string_view query);

}  // namespace vault_mock::contract
