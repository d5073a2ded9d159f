#include "vault/catalogue.hpp"

#include <gtest/gtest.h>

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
            "/resources/a has a custom mapping without a key");
  EXPECT_EQ(mistake_in(R"({"connectors": [{}]})"), "/connectors/0 has no unified_api");
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
