// Answers in the vendor's shapes. Internal to engine/.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "contract/error_catalogue.hpp"
#include "engine/outcome.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

// `body` is JSON text.
Response json_response(int status, std::string body);

// The envelope of a success. `data` is JSON text.
Response success(int status, std::string_view data);
// The same in two steps, for data that is written where it is sent: begin_success() returns the text before
// the data, with room for `data_bytes` more; what is appended to it must be one JSON value.
std::string begin_success(int status, std::size_t data_bytes);
Response end_success(int status, std::string body);

// An error, with its own status and words, or as the catalogue has that status; a status that it does not
// have gets the same shape.
Response failure(contract::ErrorType type, nlohmann::json detail);
Response failure(int status, nlohmann::json detail);
// The 404 of what is not there, with a message that names its kind: "Unknown Consumer".
Response not_found(std::string_view message, std::string detail);

// Puts headers into a response, in place of its own of these names.
void set_headers(Response& response, const std::vector<text::Header>& headers);

}  // namespace vault_mock::engine
