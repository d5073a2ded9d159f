#include "contract/error_catalogue.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::contract {
namespace {

using enum Evidence;
using T = ErrorType;

constexpr auto kRows = std::to_array<ErrorRow>({
    {T::request_validation, 400, "RequestValidationError", "Invalid Params", "Missing property foobar",
     documented,
     "the body violates the contract: a wrong type, an unknown key, a value outside an enum, null, or broken "
     "JSON",
     "correct what `detail` names"},
    {T::request_headers_validation, 400, "RequestHeadersValidationError", "Invalid Params",
     "Missing Header: x-apideck-consumer-id", documented, "a required header is missing or empty",
     "send the header that `detail` names"},
    {T::unauthorized, 401, "UnauthorizedError", "Unauthorized Request", "Missing authentication", documented,
     "there is no Authorization header, the key is unknown, or the session token is bad or expired",
     "send `Authorization: Bearer <key>`; with --api-key, one of those keys"},
    {T::request_limit, 402, "RequestLimitError", "Request Limit Reached",
     "You have reached your limit of 2000", documented, "the plan's quota is used up",
     "show an upgrade hint; do not retry"},
    {T::entity_not_found, 404, "EntityNotFoundError", "Unknown Widget",
     "Could not find widget with id: '123'", documented, "an unknown route or resource",
     "check the path against GET /_mock/openapi.json"},
    {T::invalid_state, 422, "InvalidStateError", "Invalid State",
     "Unprocessable request, please verify your request headers and body.", documented,
     "the request is well formed, yet cannot be carried out; with --strict also: advice", "see `detail`"},
    {T::connector_rate_limit, 429, "ConnectorRateLimitError", "Connector Rate Limit Error",
     R"({"context":"The connector's rate limit was reached","error":{}})", documented,
     "a connector asks to slow down (not declared for sessions)", "wait and retry"},
    {T::unsupported_filters, 400, "UnsupportedFiltersError", "Unsupported filters",
     "The filters are not supported", inferred, "a filter that the connector cannot apply",
     "drop the filter"},
    {T::invalid_cursor, 400, "InvalidCursorError", "Invalid cursor", "The cursor is invalid", inferred,
     "a page cursor that cannot be read", "start again without a cursor"},
    {T::connector_execution, 400, "ConnectorExecutionError", "Connector Execution Error",
     "The connector refused the request", inferred, "the downstream connector fails", "see `detail`"},
    {T::connector_credentials, 401, "ConnectorCredentialsError", "Connector Credentials Error",
     "The connection's credentials were refused", inferred, "a connection's credentials no longer work",
     "reauthorize the connection"},
    {T::connector_disabled, 400, "ConnectorDisabledError", "Connector Disabled", "The connector is disabled",
     inferred, "the connector is switched off for the application", "enable the connector"},
    {T::oauth_credentials_not_found, 404, "OAuthCredentialsNotFoundError", "OAuth credentials not found",
     "The connector has no OAuth credentials", inferred,
     "an application without OAuth credentials for the connector", "configure the connector"},
    {T::integration_not_found, 404, "IntegrationNotFoundError", "Unknown Integration",
     "Could not find the integration", inferred, "an integration that does not exist",
     "check the service id"},
    {T::connection_not_found, 404, "ConnectionNotFoundError", "Unknown Connection",
     "Could not find the connection", inferred, "a connection that does not exist",
     "create the connection first"},
    {T::connection_settings, 400, "ConnectionSettingsError", "Connection Settings Error",
     "A required setting is missing", inferred, "a connection's settings are incomplete",
     "fill in the settings"},
    {T::connector_not_found, 404, "ConnectorNotFoundError", "Unknown Connector",
     "Could not find the connector", inferred, "a service id that no connector has", "check the service id"},
    {T::oauth_redirect_uri, 400, "OAuthRedirectUriError", "OAuth Redirect URI Error",
     "The redirect URI is not allowed", inferred, "an OAuth redirect URI that is not allowed",
     "check redirect_uri"},
    {T::oauth_invalid_state, 400, "OAuthInvalidStateError", "OAuth Invalid State",
     "The OAuth state is invalid or expired", inferred, "an OAuth callback with a state that is unknown",
     "start the authorization again"},
    {T::oauth_code_exchange, 400, "OAuthCodeExchangeError", "OAuth Code Exchange Error",
     "The code could not be exchanged", inferred, "an OAuth code that the provider refuses",
     "start the authorization again"},
    {T::oauth_connector, 400, "OAuthConnectorError", "OAuth Connector Error",
     "The provider answered with an error", inferred, "an OAuth provider fails", "see `detail`"},
    {T::mapping, 400, "MappingError", "Mapping Error", "The mapping could not be applied", inferred,
     "a custom mapping that cannot be applied", "correct the mapping"},
    {T::conflict, 409, "ConflictError", "Conflict", "The resource exists already", inferred,
     "a resource that exists already", "update it instead"},
    {T::method_not_allowed, 405, "MethodNotAllowedError", "Method Not Allowed",
     "The path does not take this method", unknown, "a known path with another method",
     "use a method of the answer's `allow` header"},
    {T::payload_too_large, 413, "PayloadTooLargeError", "Payload Too Large",
     "The body is larger than the limit", unknown, "a body over the limit", "send less"},
    {T::uri_too_long, 414, "UriTooLongError", "URI Too Long", "The target is longer than the limit", unknown,
     "a request target over the limit", "shorten the query"},
    {T::unsupported_media_type, 415, "UnsupportedMediaTypeError", "Unsupported Media Type",
     "The body has a content-encoding that is not read", unknown,
     "a content-encoding other than gzip and deflate", "send gzip, deflate, or no content-encoding"},
    {T::headers_too_large, 431, "RequestHeaderFieldsTooLargeError", "Request Header Fields Too Large",
     "The headers are larger than the limit", unknown, "headers over the limit",
     "send fewer or shorter headers"},
    {T::not_implemented, 501, "NotImplementedError", "Not Implemented", "The method is not known", unknown,
     "a method that HTTP does not know", "use GET, POST, PUT, PATCH or DELETE"},
    {T::internal_server, 500, "InternalServerError", "Internal Server Error", "An unexpected error occurred",
     inferred, "the service fails", "retry with a pause between the tries"},
    {T::service_unavailable, 503, "ServiceUnavailableError", "Service Unavailable",
     "The service is temporarily unavailable", inferred, "the service is overloaded or down",
     "retry after the answer's `retry-after`"},
});

constexpr bool rows_stand_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].type) != i) return false;
  return true;
}
static_assert(kRows.size() == static_cast<std::size_t>(T::service_unavailable) + 1 && rows_stand_in_order(),
              "every ErrorType has its row, in the order of the enumerators");

nlohmann::ordered_json body(int status, std::string_view type_name, std::string_view message,
                            nlohmann::json detail) {
  return {{"status_code", status}, {"error", text::reason_phrase(status)}, {"type_name", type_name},
          {"message", message},    {"detail", std::move(detail)},          {"ref", error_ref(type_name)}};
}

}  // namespace

std::string_view to_string(Evidence evidence) {
  switch (evidence) {
    case documented:
      return "documented";
    case observed:
      return "observed";
    case inferred:
      return "inferred";
    case unknown:
      return "unknown";
  }
  return "";
}

const ErrorRow& row_of(ErrorType type) { return kRows[static_cast<std::size_t>(type)]; }

std::span<const ErrorRow> error_catalogue() { return kRows; }

const ErrorRow* find_error(int status) {
  const auto* const row = std::ranges::find(kRows, status, &ErrorRow::status);
  return row == kRows.end() ? nullptr : row;
}

const ErrorRow* find_error(std::string_view type_name) {
  const auto* const row = std::ranges::find_if(
      kRows, [&](const ErrorRow& r) { return text::equal_ignoring_case(r.type_name, type_name); });
  return row == kRows.end() ? nullptr : row;
}

std::string error_ref(std::string_view type_name) {
  return "https://developers.apideck.com/errors#" + text::lower(type_name);
}

nlohmann::json example_detail(const ErrorRow& row) {
  return row.detail.starts_with('{') ? nlohmann::json::parse(row.detail) : nlohmann::json(row.detail);
}

nlohmann::ordered_json error_body(const ErrorRow& row, nlohmann::json detail) {
  return body(row.status, row.type_name, row.message, std::move(detail));
}

nlohmann::ordered_json error_body(int status, nlohmann::json detail) {
  const auto phrase = text::reason_phrase(status);
  std::string type_name;
  for (const char c : phrase)
    if (c != ' ' && c != '-' && c != '\'') type_name += c;
  if (!type_name.ends_with("Error")) type_name += "Error";
  return body(status, type_name, phrase, std::move(detail));
}

}  // namespace vault_mock::contract
