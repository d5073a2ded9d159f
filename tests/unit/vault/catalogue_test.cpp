#include "vault/catalogue.hpp"

#include <gtest/gtest.h>

#include "text/embedded.hpp"
#include "vault/connection.hpp"
#include "vault/health.hpp"

namespace vault_mock::vault {
namespace {

tl::expected<Catalogue, CatalogueMistakes> read(std::string_view text) {
  return Catalogue::of(nlohmann::json::parse(text));
}

// The first, with its place: "/connectors/0: missing …"; "none".
std::string mistake_in(std::string_view text) {
  const auto catalogue = read(text);
  if (catalogue) return "none";
  const auto& [pointer, message, suggestion, at] = catalogue.error().front();
  return pointer + ": " + message + (suggestion.empty() ? "" : "; did you mean " + suggestion + "?");
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
  EXPECT_EQ(mistake_in("[]"), ": expected a catalogue, an object, found a list");
  EXPECT_EQ(mistake_in("{}"), R"(: missing "connectors" in a catalogue)");
  EXPECT_EQ(mistake_in(R"({"connectors": 5})"), R"(/connectors: "connectors" must be a list, found 5)");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resource": {}})"),
            R"(/resource: unknown key "resource" in a catalogue; did you mean "resources"?)");
  EXPECT_EQ(mistake_in(R"({"$schema": "x", "description": "y", "connectors": []})"), "none");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": 1}})"),
            "/resources/a: expected a resource, an object, found 1");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"config": {}}}})"),
            R"(/resources/a/config: "config" must be a list, found an object)");
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"custom_mappings": [{}]}}})"),
            R"(/resources/a/custom_mappings/0: missing "key" in a target field)");
  EXPECT_EQ(mistake_in(R"({"connectors": [{}]})"), R"(/connectors/0: missing "unified_api" in a connector)");
}

TEST(Catalogue, NamesEveryMistakeUpToABound) {
  const auto several =
      read(R"({"connectors": [{"unified_api": "cmr", "service_id": 5, "name": "", "auth_type": "none"}]})");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().size(), 3u);
  nlohmann::json many = {{"connectors", nlohmann::json::array()}};
  for (int i = 0; i < 5'000; ++i) many["connectors"].push_back(i);
  const auto bounded = Catalogue::of(many);
  ASSERT_FALSE(bounded);
  EXPECT_EQ(bounded.error().size(), 1'000u);
}

// A catalogue with one connector that has these members, too.
std::string mistake_of(std::string_view members) {
  return mistake_in(
      R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "oauth2")" +
      std::string(members) + "}]}");
}

TEST(Catalogue, RefusesWhatItWouldNotAnswerWith) {
  const struct {
    std::string_view members, mistake;
  } cases[] = {
      {R"(, "form_fields": {})", R"(/form_fields: "form_fields" must be a list, found an object)"},
      {R"(, "form_fields": [{}])", R"(/form_fields/0: missing "id" in a form field)"},
      {R"(, "form_fields": [5])", "/form_fields/0: expected a form field, an object, found 5"},
      {R"(, "form_fields": [{"id": "a", "label": 5}])",
       R"(/form_fields/0/label: "label" must be a text, found 5)"},
      {R"(, "form_fields": [{"id": "a", "lable": "L"}])",
       R"(/form_fields/0/lable: unknown key "lable" in a form field; did you mean "label"?)"},
      {R"(, "form_fields": [{"id": "a", "hidden": null, "required": null}])",
       R"(/form_fields/0/required: "required" must be true or false, found null)"},
      {R"(, "form_fields": [{"id": "a", "type": "selct"}])",
       R"(/form_fields/0/type: "type" must be "text", "textarea", "number", "checkbox", "email", "url", "tel", "select", "filtered-select", "multi-select", "date", "time", "datetime" or "password", found "selct"; did you mean "select"?)"},
      {R"(, "form_fields": [{"id": "a", "options": 5}])",
       R"(/form_fields/0/options: "options" must be a list, found 5)"},
      {R"(, "form_fields": [{"id": "a", "options": [{"value": 1}]}])",
       R"(/form_fields/0/options/0: missing "label" in an option)"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "value": null}]}])",
       R"(/form_fields/0/options/0/value: "value" must be a text, number, boolean, or a list of texts and numbers)"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "val": 1}]}])",
       R"(/form_fields/0/options/0/val: unknown key "val" in an option: expected "label", "value" or "option_type")"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "option_type": "simple", "options": []}]}])",
       R"(/form_fields/0/options/0: an option with "options" is of the option_type "group", found "simple")"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "option_type": "group"}]}])",
       R"(/form_fields/0/options/0: missing "options" in a group of options)"},
      {R"(, "form_fields": [{"id": "a", "options": [{"label": "A", "options": [{"label": "B", "options": []}]}]}])",
       "/form_fields/0/options/0/options/0: this is a group within a group"},
      {R"(, "form_fields": [{"id": "a", "type": "select"}])",
       R"(/form_fields/0: missing "options" in a form field of the type "select": nothing could be selected)"},
      {R"(, "form_fields": [{"id": "a", "type": "multi-select", "options": []}])",
       R"(/form_fields/0: missing "options" in a form field of the type "multi-select": nothing could be selected)"},
      {R"(, "form_fields": [{"id": "a"}, {"id": "b"}, {"id": "a"}])",
       R"(/form_fields/2/id: "a" is the id of an element before it)"},
      {R"(, "oauth_grant_type": "implicit")",
       R"(/oauth_grant_type: "oauth_grant_type" must be "authorization_code", "client_credentials" or "password", found "implicit")"},
      {R"(, "integration_state": "on")",
       R"(/integration_state: "integration_state" must be "configured", "needs_configuration" or "disabled", found "on")"},
      {R"(, "tag_line": 5)", R"(/tag_line: "tag_line" must be a text, found 5)"},
      {R"(, "has_guide": "yes")", R"(/has_guide: "has_guide" must be true or false, found "yes")"},
      {R"(, "logo": "x")",
       R"(/logo: unknown key "logo" in a connector: expected "unified_api", "service_id", "name", "auth_type", "oauth_grant_type", "tag_line", "website", "icon", "has_guide", "integration_state", "resources", "form_fields" or "unlisted_mappings")"},
      {R"(, "resources": [5])", "/resources/0: expected the name of a resource, a text"},
      {R"(, "resources": ["a", "a"])", "/resources/1: the connector names this resource before"},
      {R"(, "unlisted_mappings": [{"key": "a"}])",
       R"(/unlisted_mappings/0: missing "id" in an unlisted mapping, by which alone it is found)"},
      {R"(, "unlisted_mappings": [{"id": "x", "key": "a", "required": 1}])",
       R"(/unlisted_mappings/0/required: "required" must be true or false, found 1)"},
      {R"(, "unlisted_mappings": [{"id": "x", "key": "a"}, {"id": "x", "key": "b"}])",
       R"(/unlisted_mappings/1/id: "x" is the id of an element before it)"},
  };
  for (const auto& [members, mistake] : cases)
    EXPECT_EQ(mistake_of(members), "/connectors/0" + std::string(mistake));
  for (const auto* fine :
       {R"(, "form_fields": [{"id": "a", "type": "select", "allow_custom_values": true}])",
        R"(, "form_fields": [{"id": "a", "type": "select", "options": [{"label": "A"}]}])"})
    EXPECT_EQ(mistake_of(fine), "none") << fine;
  EXPECT_EQ(mistake_in(R"({"connectors": [], "resources": {"a": {"example": []}}})"),
            R"(/resources/a/example: "example" must be an object, found a list)");
  EXPECT_EQ(
      mistake_in(R"({"connectors": [], "resources": {"a": {"custom_fields": [{"id": "x", "extra": 1}]}}})"),
      R"(/resources/a/custom_fields/0/extra: unknown key "extra" in a custom field: expected "id", "name", "description", "value" or "finder")");
  EXPECT_EQ(
      mistake_in(
          R"({"connectors": [], "resources": {"a": {"custom_mappings": [{"key": "k"}, {"key": "k"}]}}})"),
      R"(/resources/a/custom_mappings/1/key: "k" is the key of an element before it)");
  EXPECT_EQ(mistake_in(R"({"connectors": [
      {"unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "none"},
      {"unified_api": "crm", "service_id": "a", "name": "B", "auth_type": "none"}]})"),
            R"(/connectors/1: this is the second connector "crm+a")");
  EXPECT_EQ(
      mistake_in(
          R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "basic",
      "oauth_grant_type": "password"}]})"),
      R"(/connectors/0/oauth_grant_type: "oauth_grant_type" belongs to the auth_type "oauth2" alone)");
}

TEST(Catalogue, CompletesOptions) {
  const auto catalogue = read(R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A",
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
  const auto catalogue = read(R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A",
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
  const auto catalogue = read(kSmall);
  ASSERT_TRUE(catalogue);
  const auto& properties = catalogue->resource("leads", "schema").at("properties");
  EXPECT_EQ(properties.at("email").at("description"), "$['email']");
  EXPECT_EQ(properties.at("email").at("example"), "a@b.example");
  EXPECT_EQ(properties.at("age").at("description"), "$.own");
}

TEST(Catalogue, TellsWhichResourcesCanBeConfiguredAndMapped) {
  const auto catalogue = read(kSmall);
  ASSERT_TRUE(catalogue);
  const auto& connector = catalogue->connectors().front();
  EXPECT_EQ(connector.configurable_resources, std::vector<std::string>{"leads"});
  EXPECT_EQ(connector.described_resources, std::vector<std::string>{"leads"});
  ASSERT_EQ(connector.custom_mappings.size(), 1u);
  EXPECT_EQ(connector.custom_mappings[0].at("id"), "crm+leads+mail");
  EXPECT_EQ(connector.custom_mappings[0].at("label"), "mail");
}

TEST(Connection, HasAValueForTheFieldsThatAreMapped) {
  const auto catalogue = read(kSmall);
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
