// The operations that have behaviour of their own. One without answers with its documented example.
#pragma once

#include <span>
#include <string_view>

#include "engine/checked_request.hpp"

namespace vault_mock::engine {

using OperationHandler = Response (*)(const CheckedRequest&);

struct OperationEntry {
  std::string_view operation_id;
  OperationHandler handler;
};

// All there are. Each id is one of openapi.json; a test holds them to it, as a misspelt one would be answered
// with the example in silence.
std::span<const OperationEntry> operation_entries();

// Null: the operation has none.
OperationHandler find_handler(std::string_view operation_id);

Response create_session(const CheckedRequest& request);

// connections.cpp
Response list_connections(const CheckedRequest& request);
Response get_connection(const CheckedRequest& request);
Response update_connection(const CheckedRequest& request);
Response delete_connection(const CheckedRequest& request);
Response fetch_token(const CheckedRequest& request);
Response validate_connection(const CheckedRequest& request);
Response list_consents(const CheckedRequest& request);
Response update_consent(const CheckedRequest& request);

// connection_resources.cpp
Response get_resource_config(const CheckedRequest& request);
Response update_resource_config(const CheckedRequest& request);
Response get_resource_schema(const CheckedRequest& request);
Response get_resource_example(const CheckedRequest& request);
Response get_custom_fields(const CheckedRequest& request);

// connection_moves.cpp
Response import_connection(const CheckedRequest& request);
Response migrate_connection(const CheckedRequest& request);
Response create_callback_state(const CheckedRequest& request);

// custom_mappings.cpp
Response list_custom_mappings(const CheckedRequest& request);
Response list_resource_custom_mappings(const CheckedRequest& request);
Response get_custom_mapping(const CheckedRequest& request);
Response set_custom_mapping(const CheckedRequest& request);
Response delete_custom_mapping(const CheckedRequest& request);

// logs.cpp
Response list_logs(const CheckedRequest& request);

// consumers.cpp
Response list_consumers(const CheckedRequest& request);
Response create_consumer(const CheckedRequest& request);
Response get_consumer(const CheckedRequest& request);
Response update_consumer(const CheckedRequest& request);
Response delete_consumer(const CheckedRequest& request);
Response count_consumer_requests(const CheckedRequest& request);

// disconnects.cpp
Response show_disconnected(const CheckedRequest& request);
Response take_disconnect(const CheckedRequest& request);

// session_page.cpp
Response show_session(const CheckedRequest& request);
Response show_integration(const CheckedRequest& request);
Response show_vault_js(const CheckedRequest& request);

// oauth_flow.cpp
Response authorize_connection(const CheckedRequest& request);
Response show_provider(const CheckedRequest& request);
Response take_callback(const CheckedRequest& request);
Response revoke_connection(const CheckedRequest& request);
Response show_landing_page(const CheckedRequest& request);

// confirm_connection.cpp
Response confirm_connection(const CheckedRequest& request);

}  // namespace vault_mock::engine
