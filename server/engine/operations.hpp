// The operations that have behaviour of their own. One without answers with its documented example.
#pragma once

#include <string_view>

#include "engine/call.hpp"

namespace vault_mock::engine {

using Handler = Response (*)(Call&);

// By operation id; null: the operation has none.
Handler find_handler(std::string_view operation_id);

Response create_session(Call& call);

// connections.cpp
Response list_connections(Call& call);
Response get_connection(Call& call);
Response create_connection(Call& call);
Response update_connection(Call& call);
Response delete_connection(Call& call);
Response fetch_token(Call& call);
Response validate_connection(Call& call);
Response confirm_connection(Call& call);
Response list_consents(Call& call);
Response update_consent(Call& call);

// connection_resources.cpp
Response get_resource_config(Call& call);
Response update_resource_config(Call& call);
Response get_resource_schema(Call& call);
Response get_resource_example(Call& call);
Response get_custom_fields(Call& call);

// connection_moves.cpp
Response import_connection(Call& call);
Response migrate_connection(Call& call);
Response create_callback_state(Call& call);

// custom_mappings.cpp
Response list_custom_mappings(Call& call);
Response list_resource_custom_mappings(Call& call);
Response get_custom_mapping(Call& call);
Response set_custom_mapping(Call& call);
Response delete_custom_mapping(Call& call);

// logs.cpp
Response list_logs(Call& call);

// consumers.cpp
Response list_consumers(Call& call);
Response create_consumer(Call& call);
Response get_consumer(Call& call);
Response update_consumer(Call& call);
Response delete_consumer(Call& call);
Response count_consumer_requests(Call& call);

// vault_pages.cpp
Response show_session(Call& call);
Response show_provider(Call& call);
Response revoke_connection(Call& call);
Response take_callback(Call& call);

}  // namespace vault_mock::engine
