// The names that rules may use: operations of the contract, errors of the catalogue, JSON Schemas. The rules'
// own room does not know the contract, so they are passed to it.
#pragma once

#include "contract/contract.hpp"
#include "rules/language/known_names.hpp"

namespace vault_mock::engine {

rules::KnownNames names_of_contract(const contract::Contract& contract);

}  // namespace vault_mock::engine
