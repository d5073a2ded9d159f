// Reads a JSON Schema into its compiled form, or into every mistake in it. No JSON makes it throw or run
// without end.
//
//   1. It understands the keywords of draft 7 and 2020-12: type enum const · minimum maximum exclusiveMinimum
//      exclusiveMaximum multipleOf · minLength maxLength pattern · items prefixItems additionalItems contains
//      minContains maxContains minItems maxItems uniqueItems · properties patternProperties
//      additionalProperties propertyNames required minProperties maxProperties dependencies dependentRequired
//      dependentSchemas · allOf anyOf oneOf not if then else $ref.
//   2. An error: a keyword with a value of the wrong type, the form that an old draft had of one, and a
//      keyword that cannot be judged here (unevaluatedProperties, $dynamicRef). A warning: `format`, which is
//      not checked, and unknown keywords.
//   3. "$ref" is "#" or "#/json/pointer", into this schema. Nothing is fetched. One that refers back to
//      itself without going into the value is an error.
//   4. Patterns are text::Regex.
//   5. At most 1,000 parts, and at most 64 that apply to the same value inside one another.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "contract/schema/compiled_schema.hpp"

namespace vault_mock::contract {

struct SchemaMistake {
  enum class Severity { error, warning } severity = Severity::error;
  enum class At { value, key } at = At::value;
  std::string pointer;  // a JSON Pointer into the schema
  std::string message;
  std::string suggestion;  // the word that was probably meant, or empty
};

struct ReadSchema {
  std::optional<CompiledSchema> schema;  // nullopt exactly when the mistakes have an error
  std::vector<SchemaMistake> mistakes;   // at most 100
};

ReadSchema read_schema(const nlohmann::json& source);

}  // namespace vault_mock::contract
