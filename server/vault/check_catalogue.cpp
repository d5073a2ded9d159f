#include "vault/check_catalogue.hpp"

#include <array>
#include <unordered_set>

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/json/string_member.hpp"
#include "text/shortened.hpp"
#include "vault/catalogue.hpp"
#include "vault/form_fields.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;
using Is = MemberType::Is;

constexpr auto kAuthTypes = std::to_array<std::string_view>({"oauth2", "apiKey", "basic", "custom", "none"});
constexpr auto kGrantTypes =
    std::to_array<std::string_view>({"authorization_code", "client_credentials", "password"});
constexpr auto kIntegrationStates =
    std::to_array<std::string_view>({"configured", "needs_configuration", "disabled"});

constexpr MemberType kDocument[] = {{"connectors", Is::list, true},
                                    {"resources", Is::object},
                                    {"$schema", Is::text},
                                    {"description", Is::text}};

constexpr MemberType kResource[] = {{"example", Is::object},
                                    {"schema", Is::object},
                                    {"custom_fields", Is::list},
                                    {"config", Is::list},
                                    {"custom_mappings", Is::list}};

constexpr MemberType kCustomField[] = {{"id", Is::text},
                                       {"name", Is::text_or_null},
                                       {"description", Is::text_or_null},
                                       {"value", Is::anything},
                                       {"finder", Is::text}};

constexpr MemberType kTargetField[] = {{"key", Is::text, true},       {"id", Is::text},
                                       {"label", Is::text},           {"description", Is::text_or_null},
                                       {"example", Is::text_or_null}, {"required", Is::flag},
                                       {"custom_field", Is::flag}};

std::span<const MemberType> members_of_connectors() {
  static const auto kMembers =
      std::to_array<MemberType>({{"unified_api", Is::text, true, unified_apis()},
                                 {"service_id", Is::text, true},
                                 {"name", Is::text, true},
                                 {"auth_type", Is::text, true, kAuthTypes},
                                 {"oauth_grant_type", Is::text, false, kGrantTypes},
                                 {"tag_line", Is::text},
                                 {"website", Is::text},
                                 {"icon", Is::text},
                                 {"has_guide", Is::flag},
                                 {"integration_state", Is::text, false, kIntegrationStates},
                                 {"resources", Is::list},
                                 {"form_fields", Is::list},
                                 {"unlisted_mappings", Is::list}});
  return kMembers;
}

const json& member_or_null(const json& object, const char* name) {
  static const json nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

void check_target_fields(const json& holder, const char* name, const std::string& pointer,
                         CatalogueMistakes& mistakes) {
  each_of(holder, name, pointer, [&](const json& field, const std::string& place) {
    check_members(field, kTargetField, "a target field", place, mistakes);
  });
}

void check_connector(const json& connector, const std::string& pointer, CatalogueMistakes& mistakes) {
  if (!check_members(connector, members_of_connectors(), "a connector", pointer, mistakes)) return;
  if (connector.contains("oauth_grant_type") && text::string_member(connector, "auth_type") != "oauth2")
    note(mistakes,
         {pointer + "/oauth_grant_type", R"("oauth_grant_type" belongs to the auth_type "oauth2" alone)", "",
          CatalogueMistake::At::key});
  std::unordered_set<std::string> names;
  each_of(connector, "resources", pointer, [&](const json& resource, const std::string& place) {
    if (!resource.is_string())
      note(mistakes, {place, "expected the name of a resource, a text"});
    else if (!names.insert(resource.get<std::string>()).second)
      note(mistakes, {place, "the connector names this resource before"});
  });
  check_form_fields(member_or_null(connector, "form_fields"), pointer + "/form_fields", mistakes);
  check_target_fields(connector, "unlisted_mappings", pointer, mistakes);
  each_of(connector, "unlisted_mappings", pointer, [&](const json& field, const std::string& place) {
    if (field.is_object() && text::string_member(field, "id").empty())
      note(mistakes, {place, R"(missing "id" in an unlisted mapping, by which alone it is found)"});
  });
  check_unique(member_or_null(connector, "unlisted_mappings"), "id", pointer + "/unlisted_mappings",
               mistakes);
}

void check_resource(const json& resource, const std::string& pointer, CatalogueMistakes& mistakes) {
  if (!check_members(resource, kResource, "a resource", pointer, mistakes)) return;
  each_of(resource, "custom_fields", pointer, [&](const json& field, const std::string& place) {
    check_members(field, kCustomField, "a custom field", place, mistakes);
  });
  check_unique(member_or_null(resource, "custom_fields"), "id", pointer + "/custom_fields", mistakes);
  check_form_fields(member_or_null(resource, "config"), pointer + "/config", mistakes);
  check_target_fields(resource, "custom_mappings", pointer, mistakes);
  for (const char* key : {"key", "id"})
    check_unique(member_or_null(resource, "custom_mappings"), key, pointer + "/custom_mappings", mistakes);
}

}  // namespace

CatalogueMistakes mistakes_of_catalogue(const json& document) {
  CatalogueMistakes mistakes;
  if (!check_members(document, kDocument, "a catalogue", "", mistakes)) return mistakes;
  std::unordered_set<std::string> ids;
  each_of(document, "connectors", "", [&](const json& connector, const std::string& place) {
    check_connector(connector, place, mistakes);
    const auto id =
        text::string_member(connector, "unified_api") + "+" + text::string_member(connector, "service_id");
    if (id.size() > 1 && !ids.insert(id).second)
      note(mistakes, {place, "this is the second connector " + text::quoted(text::shortened(id))});
  });
  if (const auto& resources = member_or_null(document, "resources"); resources.is_object())
    for (const auto& [name, resource] : resources.items())
      check_resource(resource, "/resources/" + text::pointer_token(name), mistakes);
  return mistakes;
}

}  // namespace vault_mock::vault
