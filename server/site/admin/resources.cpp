#include "site/admin/resources.hpp"

#include <algorithm>
#include <array>

#include "site/admin/verify.hpp"
#include "site/request_filter.hpp"

namespace vault_mock::site {
namespace {

constexpr auto kResources = std::to_array<Resource>({
    {"health", health},
    {"errors", errors},
    {"contractDocument", contract_document},
    {"adminDocument", admin_document},
    {.operation_id = "spacesAll", .answer = spaces_all, .tells = Tells::of_all},
    {"spacesDelete", spaces_delete},
    {"reset", reset},
    {.operation_id = "rulesAll", .answer = rules_all, .tells = Tells::of_space},
    {"rulesAdd", rules_add, JsonReader::own},
    {"rulesClear", rules_clear},
    {.operation_id = "rulesOne", .answer = rules_one, .tells = Tells::of_space},
    {.operation_id = "rulesReplace",
     .answer = rules_replace,
     .json_reader = JsonReader::own,
     .tells = Tells::of_space},
    {.operation_id = "rulesChange", .answer = rules_change, .tells = Tells::of_space},
    {"rulesRemove", rules_remove},
    {.operation_id = "requestsAll",
     .answer = requests_all,
     .repeatable = kRepeatableFilter,
     .tells = Tells::of_space},
    {"requestsClear", requests_clear},
    {.operation_id = "requestsOne", .answer = requests_one, .tells = Tells::of_space},
    {"events", events},
    {"metrics", metrics},
    {.operation_id = "verify",
     .answer = verify,
     .suggest = name_keys_of_verification,
     .tells = Tells::of_space},
    {"clockGet", clock_get},
    {"clockSet", clock_set},
    {"seedGet", seed_get},
    {"seedSet", seed_set},
    {"oauthGet", oauth_get},
    {"oauthSet", oauth_set},
    {.operation_id = "sessionsAll", .answer = sessions_all, .tells = Tells::of_space},
    {.operation_id = "sessionsOne", .answer = sessions_one, .tells = Tells::of_space},
    {.operation_id = "sessionsChange", .answer = sessions_change, .tells = Tells::of_space},
    {.operation_id = "sessionsRevoke", .answer = sessions_revoke, .tells = Tells::of_space},
    {.operation_id = "consumersAll", .answer = consumers_all, .tells = Tells::of_space},
    {.operation_id = "connectionsAll", .answer = connections_all, .tells = Tells::of_space},
    {.operation_id = "connectionsSet", .answer = connections_set, .tells = Tells::of_space},
});

}  // namespace

std::span<const Resource> resources() { return kResources; }

const Resource* resource_of(std::string_view operation_id) {
  const auto* const found = std::ranges::find(kResources, operation_id, &Resource::operation_id);
  return found == kResources.end() ? nullptr : found;
}

}  // namespace vault_mock::site
