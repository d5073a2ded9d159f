// A query parameter that is an object (OpenAPI's style deepObject):
// "filter[path]=/vault&filter[status_codes][]=404".
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace vault_mock::contract {

// A parameter's text as the JSON value that its schema speaks of: "20" is a number where numbers are wanted,
// and an empty text is null where null is. Text that is no such value stays text, for the schema to refuse.
nlohmann::json value_of(const nlohmann::json& schema, std::string_view text);

// The members that the raw `query` has for the parameter `name`, typed as `schema` describes them. An array
// comes as "name[key]=a&name[key]=b", "name[key][]=a", or with numbers in the second brackets; of any other
// member the first value counts. An empty object: the query has none.
nlohmann::json query_object(const nlohmann::json& schema, std::string_view query, std::string_view name);

}  // namespace vault_mock::contract
