#include "vault/catalogue.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "text/embedded.hpp"
#include "text/json/json_document.hpp"
#include "text/json/string_member.hpp"
#include "text/url.hpp"
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
constexpr auto kAuthTypes = std::to_array<std::string_view>({"oauth2", "apiKey", "basic", "custom", "none"});
constexpr auto kGrantTypes =
    std::to_array<std::string_view>({"authorization_code", "client_credentials", "password"});
constexpr auto kIntegrationStates =
    std::to_array<std::string_view>({"configured", "needs_configuration", "disabled"});
const json kNull;

// SVG text as an image's URL; what is a URL already stays as it is.
std::string icon_url(std::string_view icon) {
  if (!icon.starts_with("<svg")) return std::string(icon);
  return "data:image/svg+xml," + text::percent_encoded_invisible(icon, "%#<>\"'{}|\\^`");
}

// "": the text is one of those.
std::string not_among(std::string_view member, std::string_view text,
                      std::span<const std::string_view> values) {
  if (std::ranges::find(values, text) != values.end()) return "";
  std::string words = " has the ";
  words.append(member).append(" '").append(text).append("': it is one of ");
  for (const auto value : values) words.append(value == values.front() ? "" : ", ").append(value);
  return words;
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

std::string fault_of_mappings(const json& fields, const std::string& name) {
  static const json kMembers = {{"label", "text"},    {"description", "text?"}, {"example", "text?"},
                                {"required", "flag"}, {"custom_field", "flag"}, {"id", "text"}};
  if (!fields.is_array()) return " has " + name + " that are not an array";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto place = "/" + name + "/" + std::to_string(i);
    if (!fields[i].is_object() || text::string_member(fields[i], "key").empty()) return place + " has no key";
    if (const auto fault = wrong_member(fields[i], kMembers); !fault.empty()) return place + " " + fault;
  }
  return "";
}

// Both begin with the rest of the place, if there is one, and a blank: "/form_fields/0 has no id".
std::string fault_of(const Connector& connector, const json& source) {
  for (const auto& fault : {not_among("unified_api", connector.unified_api, kUnifiedApis),
                            not_among("auth_type", connector.auth_type, kAuthTypes),
                            not_among("integration_state", connector.integration_state, kIntegrationStates)})
    if (!fault.empty()) return fault;
  if (connector.is_oauth())
    if (auto fault = not_among("oauth_grant_type", connector.oauth_grant_type, kGrantTypes); !fault.empty())
      return fault;
  for (const auto& resource : source.value("resources", json::array()))
    if (!resource.is_string()) return " names a resource that is not a text";
  for (const auto& field : source.value("unlisted_mappings", json::array()))
    if (!field.is_object() || text::string_member(field, "id").empty())
      return " has an unlisted mapping without an id, by which alone it is found";
  return fault_of_mappings(source.value("unlisted_mappings", json::array()), "unlisted_mappings");
}

tl::expected<Connector, std::string> connector_of(const json& source) {
  if (!source.is_object()) return tl::unexpected(std::string(" is not an object"));
  Connector connector;
  for (const char* key : {"unified_api", "service_id", "name", "auth_type"})
    if (text::string_member(source, key).empty()) return tl::unexpected(std::string(" has no ") + key);
  connector.unified_api = text::string_member(source, "unified_api");
  connector.service_id = text::string_member(source, "service_id");
  connector.name = text::string_member(source, "name");
  connector.auth_type = text::string_member(source, "auth_type");
  connector.id = connector.unified_api + "+" + connector.service_id;
  connector.tag_line = text::string_member(source, "tag_line");
  connector.website = text::string_member(source, "website");
  connector.icon = icon_url(text::string_member(source, "icon"));
  connector.has_guide = source.value("has_guide", json()) == true;
  if (connector.is_oauth()) {
    connector.oauth_grant_type = text::string_member(source, "oauth_grant_type");
    if (connector.oauth_grant_type.empty()) connector.oauth_grant_type = "authorization_code";
  }
  if (const auto state = text::string_member(source, "integration_state"); !state.empty())
    connector.integration_state = state;
  if (auto fault = fault_of(connector, source); !fault.empty()) return tl::unexpected(std::move(fault));
  for (const auto& resource : source.value("resources", json::array()))
    connector.resources.push_back(resource.get<std::string>());
  for (const auto& field : source.value("unlisted_mappings", json::array()))
    connector.unlisted_mappings.push_back(custom_mapping_of(field, ""));
  connector.form_fields = source.value("form_fields", json::array());
  if (const auto fault = complete_form_fields(connector.form_fields); !fault.empty())
    return tl::unexpected("/form_fields" + fault);
  return connector;
}

// Completes a resource. "": it is as the grammar says, else what is wrong, as fault_of() words it.
std::string complete_resource(json& resource) {
  static const json kMembers = {
      {"id", "text"}, {"name", "text?"}, {"description", "text?"}, {"finder", "text"}};
  if (!resource.is_object()) return " is not an object";
  for (const char* key : {"custom_fields", "config"})
    if (resource.contains(key) && !resource.at(key).is_array())
      return std::string(" has ") + key + " that are not an array";
  for (const char* key : {"example", "schema"})
    if (resource.contains(key) && !resource.at(key).is_object())
      return std::string("/") + key + " is not an object";
  auto fields = resource.value("custom_fields", json::array());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto place = "/custom_fields/" + std::to_string(i) + " ";
    if (!fields[i].is_object()) return place + "is not an object";
    if (const auto fault = wrong_member(fields[i], kMembers); !fault.empty()) return place + fault;
    for (const auto& [name, value] : fields[i].items())
      if (name != "value" && !kMembers.contains(name))
        return place + "has a member '" + name + "': there are id, name, description, value and finder";
  }
  if (resource.contains("config"))
    if (const auto fault = complete_form_fields(resource["config"]); !fault.empty()) return "/config" + fault;
  return fault_of_mappings(resource.value("custom_mappings", json::array()), "custom_mappings");
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

tl::expected<Catalogue, std::string> Catalogue::read(std::string_view text) {
  const auto document = text::read_json(text);
  if (!document) {
    const auto place = text::place_of(text, document.error().offset);
    return tl::unexpected("line " + std::to_string(place.line) + ", column " + std::to_string(place.column) +
                          ": " + document.error().message);
  }
  const auto& source = document->value;
  if (!source.is_object() || !source.contains("connectors") || !source.at("connectors").is_array())
    return tl::unexpected(std::string(R"(wants an object with "connectors": [ … ])"));
  Catalogue catalogue;
  for (std::size_t i = 0; i < source.at("connectors").size(); ++i) {
    auto connector = connector_of(source.at("connectors")[i]);
    const auto place = "/connectors/" + std::to_string(i);
    if (!connector) return tl::unexpected(place + connector.error());
    if (catalogue.find(connector->unified_api, connector->service_id) != nullptr)
      return tl::unexpected(place + " is the second " + connector->id);
    catalogue.connectors_.push_back(std::move(*connector));
  }
  if (const auto resources = source.find("resources"); resources != source.end()) {
    if (!resources->is_object()) return tl::unexpected(std::string("/resources is not an object"));
    catalogue.resources_ = *resources;
    for (auto& [name, resource] : catalogue.resources_.items()) {
      if (const auto fault = complete_resource(resource); !fault.empty())
        return tl::unexpected(std::string("/resources/").append(name).append(fault));
      describe_properties(resource);
    }
    for (auto& connector : catalogue.connectors_) add_resources(connector, catalogue.resources_);
  }
  return catalogue;
}

const Catalogue& Catalogue::shipped() {
  static const auto shipped = [] {
    auto catalogue = read(text::embedded_file("fixtures/connectors.json"));
    if (!catalogue) throw std::logic_error("fixtures/connectors.json: " + catalogue.error());
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
