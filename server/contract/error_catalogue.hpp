// The catalogue of all errors that the API answers with, one row each. Every error body is made here.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vault_mock::contract {

// How well a behaviour of the real service is known.
enum class Evidence {
  documented,  // in the vendor's public OpenAPI description or documentation
  observed,    // read off the vendor's own clients and published captures, or measured with the official
               // clients
  inferred,    // the likeliest reading of the two above
  unknown,     // no public evidence; the mock chose
};
std::string_view to_string(Evidence evidence);

// The `type_name`s: the vendor's public list, then those that the mock adds for cases without public
// evidence.
enum class ErrorType {
  request_validation,
  request_headers_validation,
  unauthorized,
  request_limit,
  entity_not_found,
  invalid_state,
  connector_rate_limit,
  unsupported_filters,
  invalid_cursor,
  connector_execution,
  connector_credentials,
  connector_disabled,
  oauth_credentials_not_found,
  integration_not_found,
  connection_not_found,
  connection_settings,
  connector_not_found,
  oauth_redirect_uri,
  oauth_invalid_state,
  oauth_code_exchange,
  oauth_connector,
  mapping,
  conflict,
  method_not_allowed,
  payload_too_large,
  uri_too_long,
  unsupported_media_type,
  headers_too_large,
  not_implemented,
  internal_server,
  service_unavailable,
};

struct ErrorRow {
  ErrorType type;
  int status;
  std::string_view type_name;
  std::string_view message;
  std::string_view detail;  // the documented example: a string, or the JSON of an object
  Evidence evidence;        // of status and type name
  std::string_view when;    // when the real service, or the mock, gives this error
  std::string_view next;    // what the caller can do about it
};

// Every ErrorType has a row: one without does not compile.
const ErrorRow& row_of(ErrorType type);
std::span<const ErrorRow> error_catalogue();

// The first row of that status, or nullptr.
const ErrorRow* find_error(int status);
// The row of that type name, compared without case, or nullptr.
const ErrorRow* find_error(std::string_view type_name);

// The `ref` of an error: its place in the vendor's documentation.
std::string error_ref(std::string_view type_name);

// The row's documented `detail`, for errors that have no detail of their own.
nlohmann::json example_detail(const ErrorRow& row);

// The body of an error in the vendor's shape. `detail` is a string or an object, never an array.
nlohmann::ordered_json error_body(const ErrorRow& row, nlohmann::json detail);
// The same for a status without a row: the names are made from its reason phrase.
nlohmann::ordered_json error_body(int status, nlohmann::json detail);

}  // namespace vault_mock::contract
