#include "vault/catalogue.hpp"

#include <gtest/gtest.h>

#include "text/embedded.hpp"
#include "vault/connection.hpp"

namespace vault_mock::vault {
namespace {

std::string mistake_in(std::string_view text) {
  const auto catalogue = Catalogue::read(text);
  return catalogue ? "none" : catalogue.error();
}

constexpr std::string_view kSmall = R"({
  "connectors": [{ "unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "none", "resources": ["leads", "notes"] }],
  "resources": {
    "leads": {
      "example": { "email": "a@b.example" },
      "schema": { "properties": { "email": { "type": "string" }, "age": { "description": "$.own" } } },
      "config": [{ "id": "stage" }],
      "custom_mappings": [{ "key": "mail", "required": true }]
    },
    "notes": {}
  }
})";

TEST(Catalogue, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": 1}})"), "/resources/a is not an object");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"config": {}}}})"),
            "/resources/a has config that are not an array");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"custom_mappings": [{}]}}})"),
            "/resources/a/custom_mappings/0 has no key");
  EXPECT_EQ(mistake_in(R"({"connectors": [{}]})"), "/connectors/0 has no unified_api");
}

// A catalogue with one connector that has these members, too.
std::string mistake_of(std::string_view members) {
  return mistake_in(
      R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "oauth2")" +
      std::string(members) + "}]}");
}

TEST(Catalogue, RefusesWhatWouldMakeAnInvalidAnswer) {
  const struct {
    std::string_view members, mistake;
  } cases[] = {
      {R"(, "form_fields": {})", "/connectors/0/form_fields is not an array"},
      {R"(, "form_fields": [{}])", "/connectors/0/form_fields/0 has no id"},
      {R"(, "form_fields": [{"id": "a", "label": 5}])",
       "/connectors/0/form_fields/0 has a label that is not a text"},
      {R"(, "form_fields": [{"id": "a", "hidden": null, "required": null}])",
       "/connectors/0/form_fields/0 has a required that is neither true nor false"},
      {R"(, "form_fields": [{"id": "a", "options": 5}])",
       "/connectors/0/form_fields/0/options is not an array"},
      {R"(, "form_fields": [{"id": "a", "options": [{"value": 1}]}])",
       "/connectors/0/form_fields/0/options/0 has no label"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "value": null}]}])",
       "/connectors/0/form_fields/0/options/0 has a value that is neither text, number, boolean nor a list "
       "of texts "
       "and numbers"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "option_type": "simple", "options": []}]}])",
       "/connectors/0/form_fields/0/options/0 has options, but is not of the option_type group"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "options": [{"label": "B", "options": []}]}]}])",
       "/connectors/0/form_fields/0/options/0/options/0 is a group within a group"},
      {R"(, "oauth_grant_type": "implicit")",
       "/connectors/0 has the oauth_grant_type 'implicit': it is one of authorization_code, "
       "client_credentials, "
       "password"},
      {R"(, "integration_state": "on")",
       "/connectors/0 has the integration_state 'on': it is one of configured, needs_configuration, "
       "disabled"},
      {R"(, "resources": [5])", "/connectors/0 names a resource that is not a text"},
      {R"(, "unlisted_mappings": [{"key": "a"}])",
       "/connectors/0 has an unlisted mapping without an id, by which alone it is found"},
      {R"(, "unlisted_mappings": [{"id": "x", "key": "a", "required": 1}])",
       "/connectors/0/unlisted_mappings/0 has a required that is neither true nor false"},
  };
  for (const auto& [members, mistake] : cases) EXPECT_EQ(mistake_of(members), mistake);
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"example": []}}})"),
            "/resources/a/example is not an object");
  EXPECT_EQ(
      mistake_in(R"({"connectors": [], "resources": {"a": {"custom_fields": [{"id": "x", "extra": 1}]}}})"),
      "/resources/a/custom_fields/0 has a member 'extra': there are id, name, description, value and finder");
  EXPECT_EQ(
      mistake_in(R"({"connectors": [], "resources": {"a": {"config": [{"id": "x", "type": "colour"}]}}})")
          .substr(0, 76),
      "/resources/a/config/0 has a type that form fields do not have: it is one of ");
}

TEST(Catalogue, CompletesOptions) {
  const auto catalogue =
      Catalogue::read(R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A",
    "auth_type": "none", "form_fields": [{"id": "f", "options": [{"label": "L", "value": 1},
      {"label": "G", "options": [{"label": "I"}]}]}]}]})");
  ASSERT_TRUE(catalogue);
  const auto& options = catalogue->connectors().front().form_fields.at(0).at("options");
  EXPECT_EQ(options.at(0).at("option_type"), "simple");
  EXPECT_EQ(options.at(1).at("option_type"), "group");
  EXPECT_EQ(options.at(1).at("options").at(0).at("option_type"), "simple");
}

TEST(Catalogue, KnowsTheUnifiedApisOfTheContract) {
  const auto document = nlohmann::json::parse(text::embedded_file("server/contract/openapi.json"));
  const auto& listed = document.at("components").at("schemas").at("UnifiedApiId").at("enum");
  EXPECT_EQ(listed, nlohmann::json(std::vector<std::string>(unified_apis().begin(), unified_apis().end())));
}

TEST(Connection, SaysTheFirstThingThatStandsBetweenItAndItsWork) {
  const auto catalogue =
      Catalogue::read(R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A",
    "auth_type": "oauth2", "form_fields": [{"id": "site", "required": true}]}]})");
  ASSERT_TRUE(catalogue);
  const auto& connector = catalogue->connectors().front();
  EXPECT_EQ(health_of(connector, nullptr), Health::missing_settings);
  Connection connection;
  connection.authorized = true;
  EXPECT_EQ(health_of(connector, &connection), Health::missing_settings);
  connection.settings["site"] = "x";
  EXPECT_EQ(health_of(connector, &connection), Health::ok);
  connection.authorized = false;
  EXPECT_EQ(health_of(connector, &connection), Health::needs_auth);
  add_consent(connection, {{"granted", false}});
  EXPECT_EQ(health_of(connector, &connection), Health::needs_consent);
  connection.settings.clear();
  EXPECT_EQ(health_of(connector, &connection), Health::missing_settings);
  revoke(connection);
  EXPECT_EQ(health_of(connector, &connection), Health::revoked);
  set_authorized(connection, true);
  EXPECT_EQ(health_of(connector, &connection), Health::missing_settings);
}

TEST(Catalogue, DescribesPropertiesByTheirJsonPathAndExample) {
  const auto catalogue = Catalogue::read(kSmall);
  ASSERT_TRUE(catalogue);
  const auto& properties = catalogue->resource("leads", "schema").at("properties");
  EXPECT_EQ(properties.at("email").at("description"), "$['email']");
  EXPECT_EQ(properties.at("email").at("example"), "a@b.example");
  EXPECT_EQ(properties.at("age").at("description"), "$.own");
}

TEST(Catalogue, TellsWhichResourcesCanBeConfiguredAndMapped) {
  const auto catalogue = Catalogue::read(kSmall);
  ASSERT_TRUE(catalogue);
  const auto& connector = catalogue->connectors().front();
  EXPECT_EQ(connector.configurable_resources, std::vector<std::string>{"leads"});
  EXPECT_EQ(connector.described_resources, std::vector<std::string>{"leads"});
  ASSERT_EQ(connector.custom_mappings.size(), 1u);
  EXPECT_EQ(connector.custom_mappings[0].at("id"), "crm+leads+mail");
  EXPECT_EQ(connector.custom_mappings[0].at("label"), "mail");
}

TEST(Connection, HasAValueForTheFieldsThatAreMapped) {
  const auto catalogue = Catalogue::read(kSmall);
  ASSERT_TRUE(catalogue);
  const auto& connector = catalogue->connectors().front();
  Connection connection;
  EXPECT_FALSE(custom_mappings_of(connector, &connection)[0].contains("value"));
  update(connection,
         {{"custom_mappings", {{{"id", "crm+leads+mail"}, {"value", "$.m"}}, {{"value", "lost"}}, 7}}});
  EXPECT_EQ(custom_mappings_of(connector, &connection)[0].at("value"), "$.m");
  EXPECT_TRUE(custom_mappings_of(connector, &connection, "notes").empty());
  EXPECT_FALSE(custom_mappings_of(connector, nullptr)[0].contains("value"));
}

}  // namespace
}  // namespace vault_mock::vault
