// A trace, as the journal has it in JSON, in lines for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::app {

// The hint, the rules in the order they were tried, violations and advice; what there is none of is left out.
// Printable.
std::string trace_words(const nlohmann::ordered_json& trace);

// A text, or another value as JSON. Printable.
std::string json_words(const nlohmann::ordered_json& value);

}  // namespace vault_mock::app
