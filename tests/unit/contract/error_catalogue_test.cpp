#include "contract/error_catalogue.hpp"

#include <gtest/gtest.h>
#include <set>

#include "text/reason_phrase.hpp"

namespace vault_mock::contract {
namespace {

TEST(ErrorCatalogue, EveryDocumentedDetailIsAStringOrAnObject) {
  for (const auto& row : error_catalogue()) {
    const auto detail = example_detail(row);
    EXPECT_TRUE(detail.is_string() || detail.is_object()) << row.type_name;
    EXPECT_FALSE(detail.empty()) << row.type_name;
  }
}

// The vendor's clients read an object with `context` and `error` there.
TEST(ErrorCatalogue, TheDetailOfTheConnectorsRateLimitIsAnObject) {
  const auto body = error_body(row_of(ErrorType::connector_rate_limit),
                               example_detail(row_of(ErrorType::connector_rate_limit)));
  EXPECT_TRUE(body["detail"]["context"].is_string());
  EXPECT_TRUE(body["detail"]["error"].is_object());
}

TEST(ErrorCatalogue, TheDetailOfTheRequestLimitIsAString) {
  EXPECT_EQ(example_detail(row_of(ErrorType::request_limit)), "You have reached your limit of 2000");
}

TEST(ErrorCatalogue, SpeaksTheDocumentedErrorsWordForWord) {
  const auto said = [](ErrorType type) {
    const auto& row = row_of(type);
    return error_body(row, row.detail).dump();
  };
  EXPECT_EQ(
      said(ErrorType::request_validation),
      R"({"status_code":400,"error":"Bad Request","type_name":"RequestValidationError","message":"Invalid Params",)"
      R"("detail":"Missing property foobar","ref":"https://developers.apideck.com/errors#requestvalidationerror"})");
  EXPECT_EQ(
      said(ErrorType::request_headers_validation),
      R"({"status_code":400,"error":"Bad Request","type_name":"RequestHeadersValidationError","message":"Invalid Params",)"
      R"("detail":"Missing Header: x-apideck-consumer-id","ref":"https://developers.apideck.com/errors#requestheadersvalidationerror"})");
  EXPECT_EQ(
      said(ErrorType::unauthorized),
      R"({"status_code":401,"error":"Unauthorized","type_name":"UnauthorizedError","message":"Unauthorized Request",)"
      R"("detail":"Missing authentication","ref":"https://developers.apideck.com/errors#unauthorizederror"})");
  EXPECT_EQ(
      said(ErrorType::request_limit),
      R"({"status_code":402,"error":"Payment Required","type_name":"RequestLimitError","message":"Request Limit Reached",)"
      R"("detail":"You have reached your limit of 2000","ref":"https://developers.apideck.com/errors#requestlimiterror"})");
  EXPECT_EQ(
      said(ErrorType::entity_not_found),
      R"({"status_code":404,"error":"Not Found","type_name":"EntityNotFoundError","message":"Unknown Widget",)"
      R"("detail":"Could not find widget with id: '123'","ref":"https://developers.apideck.com/errors#entitynotfounderror"})");
  EXPECT_EQ(
      said(ErrorType::invalid_state),
      R"({"status_code":422,"error":"Unprocessable Entity","type_name":"InvalidStateError","message":"Invalid State",)"
      R"("detail":"Unprocessable request, please verify your request headers and body.",)"
      R"("ref":"https://developers.apideck.com/errors#invalidstateerror"})");
}

TEST(ErrorCatalogue, HasForEveryErrorAllThatAReaderNeeds) {
  std::set<std::string_view> names;
  for (const auto& row : error_catalogue()) {
    EXPECT_TRUE(names.insert(row.type_name).second) << row.type_name << " stands twice";
    EXPECT_TRUE(row.type_name.ends_with("Error")) << row.type_name;
    EXPECT_TRUE(row.status >= 400 && row.status < 600) << row.type_name;
    EXPECT_NE(text::reason_phrase(row.status), "Unknown Status") << row.type_name;
    for (const auto text : {row.message, row.detail, row.when, row.next})
      EXPECT_FALSE(text.empty()) << row.type_name;
    EXPECT_FALSE(to_string(row.evidence).empty()) << row.type_name;
    EXPECT_EQ(&row_of(row.type), &row) << row.type_name;
    EXPECT_EQ(find_error(row.type_name), &row) << row.type_name;
  }
}

TEST(ErrorCatalogue, HasEveryPublishedTypeName) {
  for (const auto* name :
       {"UnsupportedFiltersError", "InvalidCursorError", "ConnectorExecutionError",
        "ConnectorCredentialsError", "ConnectorDisabledError", "OAuthCredentialsNotFoundError",
        "IntegrationNotFoundError", "ConnectionNotFoundError", "ConnectionSettingsError",
        "ConnectorNotFoundError", "OAuthRedirectUriError", "OAuthInvalidStateError", "OAuthCodeExchangeError",
        "OAuthConnectorError", "MappingError", "ConflictError", "ConnectorRateLimitError"})
    EXPECT_NE(find_error(std::string_view(name)), nullptr) << name;
}

TEST(FindError, TakesTheFirstRowOfAStatus) {
  EXPECT_EQ(find_error(400)->type_name, "RequestValidationError");
  EXPECT_EQ(find_error(401)->type_name, "UnauthorizedError");
  EXPECT_EQ(find_error(404)->type_name, "EntityNotFoundError");
  EXPECT_EQ(find_error(409)->type_name, "ConflictError");
  EXPECT_EQ(find_error(418), nullptr);
  EXPECT_EQ(find_error(200), nullptr);
}

TEST(FindError, ComparesTypeNamesWithoutCase) {
  EXPECT_EQ(find_error("requestLIMITerror"), &row_of(ErrorType::request_limit));
  EXPECT_EQ(find_error("Request"), nullptr);
}

TEST(ErrorBody, KeepsADetailThatIsAnObject) {
  const auto body =
      error_body(row_of(ErrorType::request_validation), {{"missing", {{{"foobar", "required"}}}}});
  EXPECT_EQ(body.at("detail").dump(), R"({"missing":[{"foobar":"required"}]})");
}

TEST(ErrorBody, MakesNamesForAStatusWithoutARow) {
  EXPECT_EQ(
      error_body(502, "why").dump(),
      R"({"status_code":502,"error":"Bad Gateway","type_name":"BadGatewayError","message":"Bad Gateway","detail":"why",)"
      R"("ref":"https://developers.apideck.com/errors#badgatewayerror"})");
  EXPECT_EQ(error_body(418, "").at("type_name"), "ImateapotError");
  EXPECT_EQ(error_body(599, "").at("type_name"), "UnknownStatusError");
  EXPECT_EQ(error_body(500, "").at("type_name"), "InternalServerError");
}

TEST(ReasonPhrase, IsThatOfTheRfc) {
  EXPECT_EQ(text::reason_phrase(200), "OK");
  EXPECT_EQ(text::reason_phrase(402), "Payment Required");
  EXPECT_EQ(text::reason_phrase(422), "Unprocessable Entity");
  EXPECT_EQ(text::reason_phrase(299), "Unknown Status");
}

TEST(ErrorRef, IsTheVendorsPageAtTheTypeNameInLowerCase) {
  EXPECT_EQ(error_ref("OAuthRedirectUriError"),
            "https://developers.apideck.com/errors#oauthredirecturierror");
}

}  // namespace
}  // namespace vault_mock::contract
