// Whether a document is a catalogue, by the grammar of catalogue.hpp. Pure.
#pragma once

#include "vault/member_types.hpp"

namespace vault_mock::vault {

// All that is wrong, each with its place; empty: Catalogue can be made of it.
CatalogueMistakes mistakes_of_catalogue(const nlohmann::json& document);

}  // namespace vault_mock::vault
