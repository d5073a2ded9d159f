// What rules may name: the contract's operations, the catalogue's errors, JSON Schemas. Rules know none of
// these themselves.
#pragma once

#include "contract/contract.hpp"
#include "rules/language/known_names.hpp"

namespace vault_mock::engine {

rules::KnownNames names_of_contract(const contract::Contract& contract);

}  // namespace vault_mock::engine
