#include "contract/contract.hpp"

#include <gtest/gtest.h>

#include "text/embedded.hpp"
#include "text/headers.hpp"

namespace vault_mock::contract {
namespace {

// A document with more operations than the program has today: what is added to it must work as data alone.
constexpr auto kDocument = R"({
  "openapi": "3.1.0",
  "security": [{ "apiKey": [] }],
  "paths": {
    "/vault/connections/{unified_api}/{service_id}": {
      "parameters": [{ "$ref": "#/components/parameters/app" }],
      "get": {
        "operationId": "connectionsOne",
        "security": [{ "apiKey": [] }, { "sessionToken": [] }],
        "parameters": [
          { "name": "limit", "in": "query", "required": true, "schema": { "type": "integer", "minimum": 1, "maximum": 200 } },
          { "name": "raw", "in": "query", "schema": { "type": "boolean" } },
          { "name": "unified_api", "in": "path", "required": true, "schema": { "type": "string" } }
        ],
        "responses": { "200": { "content": { "application/json": { "schema": {}, "example": { "data": 1 } } } } }
      },
      "delete": { "operationId": "connectionsDelete", "responses": { "204": {}, "404": {} } }
    },
    "/vault/connections/{unified_api}/import": {
      "post": {
        "operationId": "connectionsImport",
        "requestBody": {
          "required": true,
          "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Import" } } }
        },
        "responses": { "201": { "content": { "application/json": { "schema": {} } } } }
      }
    }
  },
  "components": {
    "parameters": { "app": { "name": "x-apideck-app-id", "in": "header", "required": true, "schema": { "type": "string" } } },
    "schemas": { "Import": { "type": "object", "required": ["state"], "properties": { "state": { "$ref": "#/components/schemas/State" } } },
                 "State": { "enum": ["added", "callable"] } }
  }
})";

const Operation* operation_at(const Contract& contract, std::string_view method, std::string_view path) {
  const auto lookup = contract.find(method, path);
  const auto* found = std::get_if<Found>(&lookup);
  return found ? found->operation : nullptr;
}

std::string found_id(const Contract& contract, std::string_view method, std::string_view path) {
  const auto* operation = operation_at(contract, method, path);
  return operation ? operation->id : "";
}

TEST(Contract, TheEmbeddedDocumentHasSessionsCreate) {
  const Contract contract(text::embedded_file("server/contract/openapi.json"));
  const auto* operation = operation_at(contract, "POST", "/vault/sessions");
  ASSERT_NE(operation, nullptr);
  EXPECT_EQ(operation->id, "sessionsCreate");
  EXPECT_EQ(operation->success_status, 200);
  EXPECT_FALSE(operation->body_required);
  EXPECT_TRUE(operation->takes(Credential::api_key));
  EXPECT_FALSE(operation->takes(Credential::session_token));
  EXPECT_EQ(contract.document(), text::embedded_file("server/contract/openapi.json"));
}

TEST(Contract, FindsAnOperationByMethodAndPath) {
  const Contract contract(kDocument);
  EXPECT_EQ(contract.operations().size(), 3u);
  EXPECT_EQ(found_id(contract, "GET", "/vault/connections/crm/salesforce"), "connectionsOne");
  EXPECT_EQ(found_id(contract, "DELETE", "/vault/connections/crm/salesforce"), "connectionsDelete");
  EXPECT_EQ(found_id(contract, "HEAD", "/vault/connections/crm/salesforce"), "connectionsOne");
  EXPECT_EQ(found_id(contract, "get", "/vault/connections/crm/salesforce"), "");
}

TEST(Contract, LetsALiteralSegmentWinOverAVariableOne) {
  const Contract contract(kDocument);
  EXPECT_EQ(found_id(contract, "POST", "/vault/connections/crm/import"), "connectionsImport");
  EXPECT_EQ(found_id(contract, "GET", "/vault/connections/crm/import"), "connectionsOne");
}

TEST(Contract, ReadsPathParametersDecoded) {
  const Contract contract(kDocument);
  const auto lookup = contract.find("GET", "/vault/connections/crm/sales%20force%2F2");
  const auto* found = std::get_if<Found>(&lookup);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path_parameters,
            (PathParameters{{"unified_api", "crm"}, {"service_id", "sales force/2"}}));
}

TEST(Contract, ListsTheMethodsOfAKnownPath) {
  const Contract contract(kDocument);
  const auto lookup = contract.find("PATCH", "/vault/connections/crm/salesforce");
  const auto* refused = std::get_if<MethodNotAllowed>(&lookup);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->allow, "GET, HEAD, DELETE, OPTIONS");
}

TEST(Contract, LetsOneParameterComeInPlaceOfAnother) {
  const Contract contract(text::embedded_file("server/contract/openapi.json"));
  const auto* callback = operation_at(contract, "GET", "/vault/callback");
  ASSERT_NE(callback, nullptr);
  EXPECT_TRUE(check_parameters(*callback, {}, "state=s&code=c").empty());
  EXPECT_TRUE(check_parameters(*callback, {}, "state=s&error=access_denied").empty());
  const auto violations = check_parameters(*callback, {}, "error_description=x");
  EXPECT_EQ(to_detail(violations), "Missing query parameter: state; Missing query parameter: code");
}

TEST(Contract, ReadsAListThatIsSeparatedBySpaces) {
  const Contract contract(text::embedded_file("server/contract/openapi.json"));
  const auto* authorize = operation_at(contract, "GET", "/vault/authorize/hubspot/app-1");
  ASSERT_NE(authorize, nullptr);
  for (const auto* scope : {"", "openid", "openid%20leads:write", "+openid++x+"})
    EXPECT_TRUE(
        check_parameters(*authorize, {}, std::string("state=s&redirect_uri=&scope=").append(scope)).empty())
        << scope;
}

TEST(Contract, KnowsWhichErrorsArePages) {
  const Contract contract(text::embedded_file("server/contract/openapi.json"));
  EXPECT_TRUE(operation_at(contract, "GET", "/vault/callback")->has_error_page);
  EXPECT_TRUE(operation_at(contract, "GET", "/vault/revoke/hubspot/app-1")->has_error_page);
  EXPECT_FALSE(operation_at(contract, "POST", "/vault/sessions")->has_error_page);
}

TEST(Contract, TakesNoPathThatIsOnlyNear) {
  const Contract contract(kDocument);
  for (const auto* path :
       {"/vault/connections/crm", "/vault/connections/crm/x/y", "/vault/connections//x",
        "/vault/connections/crm/x/", "/Vault/connections/crm/x", "vault/connections/crm/x", "", "/"})
    EXPECT_TRUE(std::holds_alternative<UnknownPath>(contract.find("GET", path))) << path;
}

TEST(Contract, ReadsWhatAnOperationSays) {
  const Contract contract(kDocument);
  const auto& one = *operation_at(contract, "GET", "/vault/connections/crm/x");
  EXPECT_TRUE(one.takes(Credential::session_token));
  EXPECT_EQ(one.example, nlohmann::json({{"data", 1}}));
  EXPECT_FALSE(one.body);

  const auto& import = *operation_at(contract, "POST", "/vault/connections/crm/import");
  EXPECT_FALSE(import.takes(Credential::session_token))
      << "the document's security, where it has none of its own";
  EXPECT_EQ(import.success_status, 201);
  EXPECT_TRUE(import.example.is_null());
  EXPECT_TRUE(import.body_required);
  ASSERT_TRUE(import.body);
  EXPECT_TRUE(import.body->accepts({{"state", "added"}}));
  EXPECT_FALSE(import.body->accepts({{"state", "gone"}}));

  EXPECT_EQ(operation_at(contract, "DELETE", "/vault/connections/crm/x")->success_status, 204);
}

TEST(Contract, HoldsOnlySchemasThatCompile) {
  for (const auto* file : {"server/contract/openapi.json", "server/site/admin/admin.json"}) {
    const Contract contract(text::embedded_file(file));
    for (const auto& operation : contract.operations()) {
      if (operation.body) {
        EXPECT_NO_THROW(operation.body->accepts({})) << operation.id;
      }
      for (const auto& parameter : operation.parameters)
        EXPECT_NO_THROW(parameter.schema.accepts({})) << operation.id << " " << parameter.name;
    }
  }
}

TEST(Contract, ThrowsForADocumentThatCannotBeRead) {
  EXPECT_ANY_THROW(Contract("{"));
  EXPECT_ANY_THROW(Contract("{}"));
  EXPECT_ANY_THROW(Contract(R"({"security": [], "paths": {"/a": {"get": {"responses": {}}}}})"))
      << "no operationId";
  EXPECT_ANY_THROW(Contract(R"({"security": [], "paths": {"/a": {"get": {"operationId": "a", "responses": {},
    "parameters": [{"$ref": "#/components/parameters/gone"}]}}}})"));
}

TEST(CheckParameters, NamesWhatIsMissingOfPathItemAndOperation) {
  const Contract contract(kDocument);
  const auto& one = *operation_at(contract, "GET", "/vault/connections/crm/x");
  EXPECT_EQ(to_detail(check_parameters(one, {}, "")),
            "Missing Header: x-apideck-app-id; Missing query parameter: limit");
  const std::vector<text::HeaderView> empty = {{"X-APIDECK-APP-ID", ""}};
  EXPECT_EQ(to_detail(check_parameters(one, empty, "limit=1")), "Missing Header: x-apideck-app-id");
}

TEST(CheckParameters, ReadsQueryParametersAsTheirTypeSays) {
  const Contract contract(kDocument);
  const auto& one = *operation_at(contract, "GET", "/vault/connections/crm/x");
  const std::vector<text::HeaderView> headers = {{"x-apideck-app-id", "a"}};
  const auto detail = [&](std::string_view query) {
    return to_detail(check_parameters(one, headers, query));
  };
  EXPECT_EQ(detail("limit=20&raw=true"), "");
  EXPECT_EQ(detail("limit=many"), "'limit' type must be integer");
  EXPECT_EQ(detail("limit=1.5"), "'limit' type must be integer");
  EXPECT_EQ(detail("limit=0"), "'limit' must be >= 1");
  EXPECT_EQ(detail("limit=201"), "'limit' must be <= 200");
  EXPECT_EQ(detail("limit=1&raw=yes"), "'raw' type must be boolean");
  EXPECT_EQ(check_parameters(one, headers, "limit=0").front().in, Violation::In::query);
}

}  // namespace
}  // namespace vault_mock::contract
