#include "vault/catalogue.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "text/embedded.hpp"
#include "text/json/json_document.hpp"
#include "text/url.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kAuthTypes = {"oauth2", "apiKey", "basic", "custom", "none"};
const json kNull;

// SVG text as an image's URL; what is a URL already stays as it is.
std::string icon_url(std::string_view icon) {
  if (!icon.starts_with("<svg")) return std::string(icon);
  return "data:image/svg+xml," + text::percent_encoded_invisible(icon, "%#<>\"'{}|\\^`");
}

std::string member_text(const json& source, const char* key) {
  const auto found = source.find(key);
  return found != source.end() && found->is_string() ? found->get<std::string>() : "";
}

tl::expected<Connector, std::string> connector_of(const json& source) {
  if (!source.is_object()) return tl::unexpected(std::string("is not an object"));
  Connector connector;
  connector.unified_api = member_text(source, "unified_api");
  connector.service_id = member_text(source, "service_id");
  connector.name = member_text(source, "name");
  connector.auth_type = member_text(source, "auth_type");
  for (const char* key : {"unified_api", "service_id", "name", "auth_type"})
    if (member_text(source, key).empty()) return tl::unexpected(std::string("has no ") + key);
  if (std::ranges::find(kAuthTypes, connector.auth_type) == kAuthTypes.end())
    return tl::unexpected("has the auth_type '" + connector.auth_type +
                          "': it is one of oauth2, apiKey, basic, custom and none");
  connector.id = connector.unified_api + "+" + connector.service_id;
  connector.tag_line = member_text(source, "tag_line");
  connector.website = member_text(source, "website");
  connector.icon = icon_url(member_text(source, "icon"));
  connector.has_guide = source.value("has_guide", json()) == true;
  if (connector.is_oauth()) {
    connector.oauth_grant_type = member_text(source, "oauth_grant_type");
    if (connector.oauth_grant_type.empty()) connector.oauth_grant_type = "authorization_code";
  }
  if (const auto state = member_text(source, "integration_state"); !state.empty())
    connector.integration_state = state;
  for (const auto& resource : source.value("resources", json::array())) {
    if (!resource.is_string()) return tl::unexpected(std::string("names a resource that is not a text"));
    connector.resources.push_back(resource.get<std::string>());
  }
  connector.form_fields = source.value("form_fields", json::array());
  if (!connector.form_fields.is_array())
    return tl::unexpected(std::string("has form_fields that are not an array"));
  for (const auto& field : connector.form_fields)
    if (!field.is_object() || member_text(field, "id").empty())
      return tl::unexpected(std::string("has a form field without an id"));
  return connector;
}

// "" when the resource is as the grammar says, else what is wrong with it.
std::string fault_of(const json& resource) {
  if (!resource.is_object()) return "is not an object";
  for (const char* key : {"custom_fields", "config", "custom_mappings"})
    if (resource.contains(key) && !resource.at(key).is_array())
      return std::string("has ") + key + " that are not an array";
  for (const auto& field : resource.value("custom_mappings", json::array()))
    if (!field.is_object() || member_text(field, "key").empty()) return "has a custom mapping without a key";
  return "";
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
      const auto key = member_text(field, "key");
      auto id = connector.unified_api;
      id.append("+").append(name).append("+").append(key);
      connector.custom_mappings.push_back(
          {{"id", std::move(id)},
           {"label", field.contains("label") ? member_text(field, "label") : key},
           {"description", field.value("description", json())},
           {"key", key},
           {"required", field.value("required", json()) == true},
           {"custom_field", field.value("custom_field", json()) == true},
           {"example", field.value("example", json())}});
    }
  }
}

}  // namespace

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
    const auto place = "/connectors/" + std::to_string(i) + " ";
    if (!connector) return tl::unexpected(place + connector.error());
    if (catalogue.find(connector->unified_api, connector->service_id) != nullptr)
      return tl::unexpected(place + "is the second " + connector->id);
    catalogue.connectors_.push_back(std::move(*connector));
  }
  if (const auto resources = source.find("resources"); resources != source.end()) {
    if (!resources->is_object()) return tl::unexpected(std::string("/resources is not an object"));
    catalogue.resources_ = *resources;
    for (auto& [name, resource] : catalogue.resources_.items()) {
      if (const auto fault = fault_of(resource); !fault.empty())
        return tl::unexpected(std::string("/resources/").append(name).append(" ").append(fault));
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
