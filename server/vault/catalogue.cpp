#include "vault/catalogue.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "text/embedded.hpp"
#include "text/json/string_member.hpp"
#include "text/url.hpp"
#include "vault/check_catalogue.hpp"
#include "vault/form_fields.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;

constexpr auto kUnifiedApis = std::to_array<std::string_view>({"accounting",
                                                               "ats",
                                                               "calendar",
                                                               "crm",
                                                               "csp",
                                                               "customer-support",
                                                               "ecommerce",
                                                               "email",
                                                               "email-marketing",
                                                               "expense-management",
                                                               "file-storage",
                                                               "form",
                                                               "hris",
                                                               "lead",
                                                               "payroll",
                                                               "pos",
                                                               "procurement",
                                                               "project-management",
                                                               "script",
                                                               "sms",
                                                               "spreadsheet",
                                                               "subscription-analytics",
                                                               "team-messaging",
                                                               "issue-tracking",
                                                               "time-registration",
                                                               "transactional-email",
                                                               "vault",
                                                               "data-warehouse"});
const json kNull;

// SVG text as an image's URL; what is a URL already stays as it is.
std::string icon_url(std::string_view icon) {
  if (!icon.starts_with("<svg")) return std::string(icon);
  return "data:image/svg+xml," + text::percent_encoded_invisible(icon, "%#<>\"'{}|\\^`");
}

// Of a target field: the vendor's, without a value. `id` is what it has when it names none.
json custom_mapping_of(const json& source, std::string id) {
  const auto key = text::string_member(source, "key");
  if (const auto own = text::string_member(source, "id"); !own.empty()) id = own;
  return {{"id", std::move(id)},
          {"label", source.contains("label") ? text::string_member(source, "label") : key},
          {"description", source.value("description", json())},
          {"key", key},
          {"required", source.value("required", json()) == true},
          {"custom_field", source.value("custom_field", json()) == true},
          {"consumer_id", nullptr},
          {"example", source.value("example", json())}};
}

// Of one that was checked.
Connector connector_of(const json& source) {
  Connector connector;
  connector.unified_api = text::string_member(source, "unified_api");
  connector.service_id = text::string_member(source, "service_id");
  connector.name = text::string_member(source, "name");
  connector.auth_type = text::string_member(source, "auth_type");
  connector.id = connector.unified_api + "+" + connector.service_id;
  connector.tag_line = text::string_member(source, "tag_line");
  connector.website = text::string_member(source, "website");
  connector.icon = icon_url(text::string_member(source, "icon"));
  connector.has_guide = source.value("has_guide", false);
  if (connector.is_oauth())
    connector.oauth_grant_type = source.value("oauth_grant_type", "authorization_code");
  connector.integration_state = source.value("integration_state", connector.integration_state);
  connector.resources = source.value("resources", connector.resources);
  for (const auto& field : source.value("unlisted_mappings", json::array()))
    connector.unlisted_mappings.push_back(custom_mapping_of(field, ""));
  connector.form_fields = source.value("form_fields", json::array());
  complete_form_fields(connector.form_fields);
  return connector;
}

void describe_properties(json& resource) {
  const auto schema = resource.find("schema");
  if (schema == resource.end() || !schema->is_object()) return;
  const auto properties = schema->find("properties");
  if (properties == schema->end() || !properties->is_object()) return;
  const auto example = resource.value("example", json::object());
  for (const auto& [name, property] : properties->items()) {
    if (!property.is_object()) continue;
    if (!property.contains("description")) property["description"] = "$['" + name + "']";
    if (!property.contains("example") && example.is_object() && example.contains(name))
      property["example"] = example.at(name);
  }
}

// What the catalogue's resources say of those that the connector names.
void add_resources(Connector& connector, const json& resources) {
  for (const auto& name : connector.resources) {
    const auto found = resources.find(name);
    if (found == resources.end()) continue;
    if (!found->value("config", json::array()).empty()) connector.configurable_resources.push_back(name);
    if (found->contains("schema")) connector.described_resources.push_back(name);
    for (const auto& field : found->value("custom_mappings", json::array())) {
      auto id = connector.unified_api;
      id.append("+").append(name).append("+").append(text::string_member(field, "key"));
      connector.custom_mappings.push_back(custom_mapping_of(field, std::move(id)));
    }
  }
}

}  // namespace

std::span<const std::string_view> unified_apis() { return kUnifiedApis; }

bool Connector::has_resource(std::string_view resource) const {
  return std::ranges::find(resources, resource) != resources.end();
}

tl::expected<Catalogue, CatalogueMistakes> Catalogue::of(const json& document) {
  if (auto mistakes = mistakes_of_catalogue(document); !mistakes.empty())
    return tl::unexpected(std::move(mistakes));
  Catalogue catalogue;
  for (const auto& connector : document.at("connectors"))
    catalogue.connectors_.push_back(connector_of(connector));
  catalogue.resources_ = document.value("resources", json::object());
  for (auto& [name, resource] : catalogue.resources_.items()) {
    if (const auto config = resource.find("config"); config != resource.end()) complete_form_fields(*config);
    describe_properties(resource);
  }
  for (auto& connector : catalogue.connectors_) add_resources(connector, catalogue.resources_);
  return catalogue;
}

const Catalogue& Catalogue::shipped() {
  static const auto shipped = [] {
    auto catalogue = of(json::parse(text::embedded_file("fixtures/connectors.json")));
    if (!catalogue) throw std::logic_error("fixtures/connectors.json: " + catalogue.error().front().message);
    return std::move(*catalogue);
  }();
  return shipped;
}

const Connector* Catalogue::find(std::string_view unified_api, std::string_view service_id) const {
  const auto found = std::ranges::find_if(connectors_, [&](const Connector& connector) {
    return connector.unified_api == unified_api && connector.service_id == service_id;
  });
  return found == connectors_.end() ? nullptr : &*found;
}

const json& Catalogue::resource(std::string_view name, std::string_view member) const {
  const auto found = resources_.find(name);
  if (found == resources_.end() || !found->is_object()) return kNull;
  const auto value = found->find(member);
  return value == found->end() ? kNull : *value;
}

}  // namespace vault_mock::vault
