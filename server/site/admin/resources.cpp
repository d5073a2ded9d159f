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
    {"spacesAll", spaces_all},
    {"spacesDelete", spaces_delete},
    {"reset", reset},
    {"rulesAll", rules_all},
    {"rulesAdd", rules_add, JsonReader::own},
    {"rulesClear", rules_clear},
    {"rulesOne", rules_one},
    {"rulesReplace", rules_replace, JsonReader::own},
    {"rulesChange", rules_change},
    {"rulesRemove", rules_remove},
    {"requestsAll", requests_all, JsonReader::of_all, kRepeatableFilter},
    {"requestsClear", requests_clear},
    {"requestsOne", requests_one},
    {"events", events},
    {"metrics", metrics},
    {"verify", verify, JsonReader::of_all, {}, name_keys_of_verification},
    {"clockGet", clock_get},
    {"clockSet", clock_set},
    {"seedGet", seed_get},
    {"seedSet", seed_set},
    {"oauthGet", oauth_get},
    {"oauthSet", oauth_set},
    {"sessionsAll", sessions_all},
    {"sessionsOne", sessions_one},
    {"sessionsChange", sessions_change},
    {"sessionsRevoke", sessions_revoke},
    {"consumersAll", consumers_all},
    {"connectionsAll", connections_all},
    {"connectionsSet", connections_set},
});

}  // namespace

std::span<const Resource> resources() { return kResources; }

const Resource* resource_of(std::string_view operation_id) {
  const auto* const found = std::ranges::find(kResources, operation_id, &Resource::operation_id);
  return found == kResources.end() ? nullptr : found;
}

}  // namespace vault_mock::site
