// The `state` that goes with a browser through the OAuth flow: a signed token, so that its links need no
// session. A link of a connection has one that says whose connection it is; authorizing adds what the browser
// asked for, and gives it to the provider, who brings it back to the callback. Internal to engine/.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "engine/checked_request.hpp"

namespace vault_mock::engine {

struct OAuthState {
  const vault::Connector* connector = nullptr;  // null: the state is not one of ours, or not for this path
  std::string application_id, consumer_id;
  std::string redirect_uri;        // empty: the landing page of the vendor, which the mock stands in for
  std::string nonce;               // empty: none came
  std::string scope;               // separated by spaces; empty: none was asked for
  nlohmann::json oauth = nullptr;  // what the session changes of the space's OAuthSettings; null: nothing
};

// Of the caller, for one connector.
OAuthState new_state(const CheckedRequest& request, const vault::Connector& connector);

// `state` must have a connector.
std::string sign_state(const CheckedRequest& request, const OAuthState& state);

// What the query parameter `state` says, once its signature is found to be the space's. It must be about the
// service and application that the path names, where it names them.
OAuthState read_state(const CheckedRequest& request);

}  // namespace vault_mock::engine
