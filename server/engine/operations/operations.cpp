#include "engine/operations/operations.hpp"

#include <algorithm>
#include <array>

#include "engine/operations/mint_session.hpp"

namespace vault_mock::engine {
namespace {

constexpr auto kHandlers = std::to_array<OperationEntry>({
    {kSessionsCreate, create_session},
    {"connectionsAll", list_connections},
    {"connectionsOne", get_connection},
    {"connectionsAdd", update_connection},
    {"connectionsUpdate", update_connection},
    {"connectionsDelete", delete_connection},
    {"connectionsToken", fetch_token},
    {"validateConnectionState", validate_connection},
    {"connectionsConfirm", confirm_connection},
    {"connectionConsentsAll", list_consents},
    {"connectionConsentUpdate", update_consent},
    {"connectionSettingsAll", get_resource_config},
    {"connectionSettingsUpdate", update_resource_config},
    {"connectionsSchema", get_resource_schema},
    {"connectionsExample", get_resource_example},
    {"customFieldsAll", get_custom_fields},
    {"connectionsImport", import_connection},
    {"connectionsMigrate", migrate_connection},
    {"createCallbackState", create_callback_state},
    {"connectionCustomMappingsAll", list_resource_custom_mappings},
    {"customMappingsAll", list_custom_mappings},
    {"customMappingsOne", get_custom_mapping},
    {"customMappingsAdd", set_custom_mapping},
    {"customMappingsUpdate", set_custom_mapping},
    {"customMappingsDelete", delete_custom_mapping},
    {"logsAll", list_logs},
    {"consumersAll", list_consumers},
    {"consumersAdd", create_consumer},
    {"consumersOne", get_consumer},
    {"consumersUpdate", update_consumer},
    {"consumersDelete", delete_consumer},
    {"consumerRequestCountsAll", count_consumer_requests},
    {"vaultOAuthDisconnect", show_disconnected},
    {"vaultOAuthDisconnectCallback", take_disconnect},
    {"sessionPage", show_session},
    {"integrationPage", show_integration},
    {"vaultJsPage", show_vault_js},
    {"connectionsAuthorize", authorize_connection},
    {"connectionsRevoke", revoke_connection},
    {"connectionsCallback", take_callback},
    {"providerPage", show_provider},
    {"landingPage", show_landing_page},
});

}  // namespace

std::span<const OperationEntry> operation_entries() { return kHandlers; }

OperationHandler find_handler(std::string_view operation_id) {
  const auto* const entry = std::ranges::find(kHandlers, operation_id, &OperationEntry::operation_id);
  return entry == kHandlers.end() ? nullptr : entry->handler;
}

}  // namespace vault_mock::engine
