// A JSON Schema -> its compiled form, or every mistake in it. Nothing that JSON can say makes it throw or
// hang.
//
//   1. The keywords of draft 7 and 2020-12 are understood: type enum const · minimum maximum exclusiveMinimum
//      exclusiveMaximum multipleOf · minLength maxLength pattern · items prefixItems additionalItems contains
//      minContains maxContains minItems maxItems uniqueItems · properties patternProperties
//      additionalProperties propertyNames required minProperties maxProperties dependencies dependentRequired
//      dependentSchemas · allOf anyOf oneOf not if then else $ref.
//   2. A keyword of a wrong type, an old draft's form of one, and one that cannot be judged here
//   (unevaluatedProperties,
//      $dynamicRef) are mistakes. `format` is not checked: a warning, like an unknown keyword.
//   3. "$ref" is "#" or "#/json/pointer", into this schema. Nothing is fetched. One that leads back to itself
//   without
//      going into the value is a mistake.
//   4. Patterns are text::Regex.
//   5. At most 1,000 parts, and at most 64 that judge the same value inside one another.
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
  std::optional<CompiledSchema> schema;  // absent exactly when there is an error among the mistakes
  std::vector<SchemaMistake> mistakes;   // at most 100
};

ReadSchema read_schema(const nlohmann::json& source);

}  // namespace vault_mock::contract
