// The API as data: an OpenAPI document, read once into operations that requests are matched with and checked
// against.
//
// To add an operation, add it to openapi.json: its path, parameters, body schema and an example of its
// success. Understood of OpenAPI 3.1: paths, parameters in header and query (schema), requestBody
// application/json (schema), security apiKey and sessionToken, the example of the lowest 2xx response, and
// local "$ref"s anywhere. Beside OpenAPI: a parameter's `x-unless` names one that may come in its place.
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

  // "PATCH is not allowed here; allowed: GET, POST, OPTIONS"
  std::string words(std::string_view method) const;
};
using Lookup = std::variant<Found, UnknownPath, MethodNotAllowed>;

// Immutable; safe to share between threads.
class Contract {
 public:
  // `document` is our own text, which must outlive the contract. If it cannot be read, that is a bug: throws
  // std::exception.
  explicit Contract(std::string_view document);

  // `path` is as sent, without the query. HEAD finds what GET does.
  Lookup find(std::string_view method, std::string_view path) const;

  std::span<const Operation> operations() const { return operations_; }
  std::string_view document() const { return document_; }

 private:
  std::string_view document_;
  std::vector<Operation> operations_;
};

// How `headers` and the raw `query` violate the operation. An empty required header counts as missing.
Violations check_parameters(const Operation& operation, std::span<const text::HeaderView> headers,
                            std::string_view query);

// What is suspicious in a query that violates nothing (query_object.hpp, query_names.hpp).
std::vector<Advice> advise_parameters(const Operation& operation, std::string_view query);

}  // namespace vault_mock::contract
