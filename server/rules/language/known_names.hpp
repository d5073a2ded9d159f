// What a fixture may name that rules do not know by themselves. The caller fills it from the contract.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rules/language/mistake.hpp"

namespace vault_mock::rules {

// What a schema says of a JSON value. Undecided: to tell would take too long.
struct SchemaVerdict {
  enum class Is { accepted, refused, undecided } is;
  std::string reason;  // of a refusal: "\"pattern\" at /a/1"
};

// Called by many threads at once.
using SchemaCheck = std::function<SchemaVerdict(const nlohmann::json&)>;

// What is wrong with a schema, or hardly meant.
struct SchemaNote {
  Severity severity = Severity::error;
  enum class At { value, key } at = At::value;
  std::string pointer;  // a JSON Pointer into the schema
  std::string message;
  std::string suggestion;  // the word that was probably meant, or empty
};

struct SchemaReading {
  SchemaCheck check;  // empty exactly when there is an error among the notes
  std::vector<SchemaNote> notes;
};

struct KnownNames {
  struct Operation {
    std::string id;
    std::string method;
    std::string path;                           // "/vault/connections/{unified_api}/{service_id}"
    std::vector<std::string> required_headers;  // without which the checks refuse it; names in lower case
  };
  std::vector<std::string> operations;   // operation ids; empty: any is taken
  std::vector<std::string> error_types;  // type names of the error catalogue; empty: any is taken

  // Reads the JSON Schema of a `schema` matcher. Empty: such matchers are refused.
  std::function<SchemaReading(const nlohmann::json& schema)> read_schema = {};

  // Of each operation: how it is called. Empty: unknown.
  std::vector<Operation> calls = {};

  // The operation that a rule's `session` is an answer of. Empty: unknown.
  std::string creates_session = {};
};

}  // namespace vault_mock::rules
