// A query parameter that is an object (OpenAPI's style deepObject):
// "filter[path]=/vault&filter[status_codes][]=404".
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.hpp"

namespace vault_mock::contract {

// The name of a query parameter, taken apart. Views into the name that was read, decoded.
struct QueryName {
  std::string_view parameter;  // "filter" of "filter[path]": up to the first bracket
  std::string_view key;        // "path"; empty: there is no member, or it is not written as one
  std::string_view rest;       // behind the key: "", "[]" or "[0]"; without a key all behind the parameter
};
QueryName read_query_name(std::string_view name);

// How the query writes the member at a JSON Pointer: "filter[status_codes]" for "/status_codes/0".
std::string member_name(std::string_view name, std::string_view pointer);

// A parameter's text as the JSON value that its schema speaks of: "20" is a number where numbers are wanted,
// and an empty text is null where null is. Text that is no such value stays text, for the schema to refuse.
nlohmann::json value_of(const nlohmann::json& schema, std::string_view text);

// The members that the raw `query` has for the parameter `name`, typed as `schema` describes them. An array
// comes as "name[key]=a&name[key]=b", "name[key][]=a", or with numbers in the second brackets; of any other
// member the first value counts. What is not written so ("name[key", "name[key]x", "name[text][key]") is
// another parameter, which nobody asked for. An empty object: the query has none.
nlohmann::json query_object(const nlohmann::json& schema, std::string_view query, std::string_view name);

// Names that are accepted and ignored, but resemble a known key, or are meant as a member and not written as
// one. At most 100.
std::vector<Advice> advise_query_object(const Schema& schema, std::string_view query, std::string_view name);

}  // namespace vault_mock::contract
