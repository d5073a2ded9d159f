// The connectors that a consumer can connect to: invented names beside service ids that applications know.
//
// Ships as fixtures/connectors.json, which users can replace. Its grammar:
//   1. connectors: each with unified_api (one of the vendor's), service_id, name, auth_type (oauth2 apiKey
//      basic custom none), for oauth2 oauth_grant_type, and as wanted tag_line, website, icon (SVG text or a
//      URL), has_guide, integration_state, resources (names), form_fields (form_fields.hpp), and
//      unlisted_mappings: as the custom_mappings of a resource, each with an id of its own, by which alone it
//      is found.
//   2. resources: by name, each with example and schema (objects), custom_fields (the vendor's
//      CustomFieldFinder), config (form fields) and custom_mappings (target fields that a consumer can map:
//      key, and as wanted label, description, example, required and custom_field), all optional.
//   3. beside them: "$schema" and "description".
// What would make an answer that the vendor's description does not allow is a mistake, and so is an unknown
// member, an id that stands twice and a select without options (check_catalogue.hpp).
//
// A property of a schema without a description gets its JSONPath as one ("$['email']"), and one without an
// example that of the resource's example. Observed: front ends map the description of the property picked.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "vault/member_types.hpp"

namespace vault_mock::vault {

struct Connector {
  std::string id;  // "crm+salesforce"
  std::string unified_api, service_id, name, tag_line, website;
  std::string auth_type, oauth_grant_type;
  std::string icon;  // a URL: "data:image/svg+xml,…"; empty: none
  std::string integration_state = "configured";
  bool has_guide = false;
  std::vector<std::string> resources;
  std::vector<std::string> configurable_resources;           // of these, the ones with a config
  std::vector<std::string> described_resources;              // likewise, with a schema
  nlohmann::json custom_mappings = nlohmann::json::array();  // of its resources: the vendor's, without values
  nlohmann::json unlisted_mappings = nlohmann::json::array();  // likewise; no list has them
  nlohmann::json form_fields = nlohmann::json::array();

  bool is_oauth() const { return auth_type == "oauth2"; }
  // By OAuth with a browser; the other grants get their token without one.
  bool is_authorized_by_browser() const { return is_oauth() && oauth_grant_type == "authorization_code"; }
  bool has_resource(std::string_view resource) const;
};

// The vendor's unified APIs. Documented.
std::span<const std::string_view> unified_apis();

// Immutable; safe to share between threads.
class Catalogue {
 public:
  // The error is all that is wrong with the document.
  static tl::expected<Catalogue, CatalogueMistakes> of(const nlohmann::json& document);
  // The one in the program, which is read when it is first asked for.
  static const Catalogue& shipped();

  const std::vector<Connector>& connectors() const { return connectors_; }
  // Null: there is none.
  const Connector* find(std::string_view unified_api, std::string_view service_id) const;
  // A member of the resource: "example", "schema", "custom_fields" or "config"; null when it has none.
  const nlohmann::json& resource(std::string_view name, std::string_view member) const;

 private:
  std::vector<Connector> connectors_;
  nlohmann::json resources_ = nlohmann::json::object();
};

}  // namespace vault_mock::vault
