// The names that rules may use, from the contract that ships.
#pragma once

#include "contract/contract.hpp"
#include "engine/names_of_contract.hpp"
#include "text/embedded.hpp"

namespace vault_mock::support {

inline const contract::Contract& shipped_contract() {
  static const contract::Contract contract(text::embedded_file("server/contract/openapi.json"));
  return contract;
}

inline const rules::KnownNames& known_names() {
  static const auto names = engine::names_of_contract(shipped_contract());
  return names;
}

}  // namespace vault_mock::support
