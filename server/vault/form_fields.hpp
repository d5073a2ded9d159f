// Form fields in the vendor's shape, as a catalogue has them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::vault {

// Makes a catalogue's form fields into the vendor's FormField objects: an option without `option_type` gets
// "simple", or "group" when it has options of its own. "": they are such; else what is not, with its place:
// "/0/options/1 has no label".
//
// Documented: names and types of all members; each option has a label and an option_type, and a value that is
// a text, a number, a boolean, or a list of texts and numbers. Other members are let through.
std::string complete_form_fields(nlohmann::json& fields);

// What a form field and an option can have: a text, a number, a boolean, or a list of texts and numbers.
bool is_field_value(const nlohmann::json& value);

// "": `object` has each of its members of the type that the table gives it, else what is not. A table is
// {"name": "text"}; the types are text, flag, and either followed by "?" for "or null".
std::string wrong_member(const nlohmann::json& object, const nlohmann::json& table);

}  // namespace vault_mock::vault
