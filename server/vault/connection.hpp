// A connection: what one consumer has set up for one connector. Values, owned by their Consumer; no threads.
//
// States (the names are documented; which action leads to which state is inferred):
//   available   nothing is set up yet
//   added       enabled once; credentials or authorization are missing
//   authorized  authorized by OAuth; required settings are missing, or the confirmation is
//   callable    ready to use
//   invalid     the provider refused; it must be authorized again
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "vault/catalogue.hpp"

namespace vault_mock::vault {

using Millis = std::chrono::sys_time<std::chrono::milliseconds>;

// The second step of authorizing in two: the token that confirms the connection, once and for a while.
// Documented: single-use, good for 30 minutes.
struct Confirmation {
  std::string token;
  Millis expires_at;
  bool used = false;
};
constexpr std::chrono::minutes kConfirmationLasts{30};

struct Connection {
  bool enabled = true;
  bool authorized = false;  // oauth2 only
  bool invalid = false;
  std::optional<Confirmation> confirmation = std::nullopt;  // of the last authorization, if it took two steps
  bool revoked = false;  // the authorization was taken back, and counts until there is another
  nlohmann::json settings = nlohmann::json::object();
  nlohmann::json metadata = nlohmann::json::object();
  nlohmann::json configuration = nlohmann::json::object();  // by resource: [{"id", "value"}]
  nlohmann::json consents = nlohmann::json::array();        // newest first
  std::map<std::string, std::string> custom_mappings = {};  // JSONPaths by the ids of target fields
  Millis created_at;
  Millis updated_at;
  std::size_t bytes = 0;  // its size in memory, as Consumers::keep() measured it
};

enum class ConnectionState { available, added, authorized, callable, invalid };
std::string_view to_string(ConnectionState state);

// `connection` null: the consumer has set up nothing yet.
ConnectionState state_of(const Connector& connector, const Connection* connection);

// Authorized with credentials that nobody has confirmed: the vendor's health pending_confirmation.
bool is_pending_confirmation(const Connection& connection);

// Authorized in one step, or no longer: what was to be confirmed no longer counts.
void set_authorized(Connection& connection, bool authorized);

// Takes the authorization back, on the user's or the provider's wish: the vendor's health revoked.
void revoke(Connection& connection);

// Ids of the form fields that are required and have no value.
std::vector<std::string> missing_settings(const Connector& connector, const Connection& connection);

// Applies a request body: its members enabled, settings, metadata, configuration and custom_mappings (those
// with an id). Settings are merged, and null removes one. What is absent stays as it is.
void update(Connection& connection, const nlohmann::json& body);

// Its approximate size in memory.
std::size_t bytes_of(const Connection& connection);

// Newest first; of more than 1,000 the oldest is forgotten.
void add_consent(Connection& connection, nlohmann::json consent);

// {"id", "value"} in the resource's list; a field of the same id is replaced. `fields` is an array of such;
// what has no value that a form field can have (form_fields.hpp) is left out.
void update_configuration(Connection& connection, std::string_view resource, const nlohmann::json& fields);

// Where the browser goes for a connector that it authorizes; empty: nowhere.
struct Links {
  std::string authorize;
  std::string revoke;
};

// The vendor's Connection. Of the catalogue's form fields, those of the connector. `since`: when what is not
// set up yet was created. Unknown: what the real service says there;
// a front end that reads it needs a number.
nlohmann::ordered_json to_json(const Connector& connector, const Connection* connection, const Links& links,
                               Millis since);

// The vendor's CustomMapping: what the catalogue says of a target field, and the value it is mapped to, when
// it is.
nlohmann::ordered_json custom_mapping(const nlohmann::json& target_field, const Connection* connection);

// Of all the connector's target fields, or of those of one resource.
nlohmann::ordered_json custom_mappings_of(const Connector& connector, const Connection* connection,
                                          std::string_view resource = {});

// The configuration of a resource in the vendor's shape: its form fields, and the values that were set.
nlohmann::ordered_json configuration_of(const Catalogue& catalogue, const Connection* connection,
                                        std::string_view resource);

}  // namespace vault_mock::vault
