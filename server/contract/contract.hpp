// The API as data: the OpenAPI document, read once into operations that can be looked up and checked against.
//
// Adding an operation means adding it to openapi.json: its path, parameters, body schema and an example of
// its success. Understood of OpenAPI 3.1: paths, parameters in header and query (schema), requestBody
// application/json (schema), security apiKey and sessionToken, the lowest 2xx response's example, and local
// "$ref"s anywhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "contract/operation.hpp"
#include "text/headers.hpp"

namespace vault_mock::contract {

struct Found {
  const Operation* operation;
  PathParameters path_parameters;
};
struct UnknownPath {};
struct MethodNotAllowed {
  std::string allow;  // "GET, POST, OPTIONS": the value of the answer's `allow` header
};
using Lookup = std::variant<Found, UnknownPath, MethodNotAllowed>;

// Immutable; safe to share between threads.
class Contract {
 public:
  // `document` is trusted text of ours, which must outlive the contract. One that cannot be read is a bug:
  // throws std::exception.
  explicit Contract(std::string_view document);

  // `path` without the query, as it came. HEAD finds what GET does.
  Lookup find(std::string_view method, std::string_view path) const;

  std::span<const Operation> operations() const { return operations_; }
  std::string_view document() const { return document_; }

 private:
  std::string_view document_;
  std::vector<Operation> operations_;
};

// What of `headers` and the raw `query` violates the operation. A required header that is empty counts as
// missing.
Violations check_parameters(const Operation& operation, std::span<const text::HeaderView> headers,
                            std::string_view query);

}  // namespace vault_mock::contract
