// The names that a rule file may use and that rules do not know themselves: operations, error types, JSON
// Schemas. The engine fills it from the contract (engine/names_of_contract.hpp). Immutable, and it outlives
// every reading that uses it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rules/language/mistake.hpp"
#include "rules/matching/schema_check.hpp"

namespace vault_mock::rules {

// A mistake in a user's JSON Schema, or a warning about it.
struct SchemaNote {
  Severity severity = Severity::error;
  enum class At { value, key } at = At::value;
  std::string pointer;  // a JSON Pointer into the schema
  std::string message;
  std::string suggestion;  // the word that was probably meant, or empty
};

struct CheckedSchema {
  SchemaCheck check;  // empty exactly when the notes have an error
  std::vector<SchemaNote> notes;
};

struct KnownNames {
  struct Operation {
    std::string id;
    std::string method;
    std::string path;                           // "/vault/connections/{unified_api}/{service_id}"
    std::vector<std::string> required_headers;  // the contract refuses requests without them; lower case
  };
  std::vector<std::string> operations;   // operation ids; empty: any is accepted
  std::vector<std::string> error_types;  // type names of the error catalogue; empty: any is accepted

  // Reads the JSON Schema of a `schema` matcher. Empty: such matchers are refused.
  std::function<CheckedSchema(const nlohmann::json& schema)> read_schema = {};

  // How each operation is called. Empty: unknown, and nothing is checked against it.
  std::vector<Operation> calls = {};

  // The id of the operation that creates sessions, the only one that a rule's `session` can answer. Empty:
  // unknown.
  std::string creates_session = {};
};

}  // namespace vault_mock::rules
