// Form fields in the vendor's shape, as a catalogue has them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "vault/member_types.hpp"

namespace vault_mock::vault {

// Adds what `fields`, at that place of a catalogue, has wrong; null: there are none.
//
// Documented: names and types of all members; each option has a label, and a value that is a text, a number,
// a boolean, or a list of texts and numbers. The mock's own: each field has an id, once in its list, and a
// select has options, unless it allows custom values.
void check_form_fields(const nlohmann::json& fields, const std::string& pointer, CatalogueMistakes& mistakes);

// Makes form fields that were checked into the vendor's: an option without `option_type` gets "simple", or
// "group" when it has options of its own.
void complete_form_fields(nlohmann::json& fields);

// What a form field and an option can have: a text, a number, a boolean, or a list of texts and numbers.
bool is_field_value(const nlohmann::json& value);

}  // namespace vault_mock::vault
