// How authorizing by OAuth goes in a space: the switches of an account that the vendor sets, and a failure on
// demand. Plain values.
//
// Source: `confirm` is documented (CSRF protection of authorize, callback and confirm); which accounts have
// it is not public, so it is off unless somebody asks for it. The lost opener is observed in the vendor's own
// notes.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace vault_mock::vault {

struct OAuthSettings {
  // With a nonce, authorizing takes two steps: the connection works once its confirm token came back.
  bool confirm = false;
  // The popup loses its opener, as behind nested iframes or a cross-origin-opener-policy: the message with
  // the confirm token never comes.
  bool severs_opener = false;

  friend bool operator==(const OAuthSettings&, const OAuthSettings&) = default;
};

// The claim of session tokens and states that has changes for one session.
constexpr std::string_view kOAuthClaim = "mock_oauth";

// {"confirm": false, "opener": "kept"}
nlohmann::ordered_json to_json(const OAuthSettings& settings);

// `settings` with the members of `changes` that are of that form; the others stay as they are.
OAuthSettings changed(OAuthSettings settings, const nlohmann::json& changes);

}  // namespace vault_mock::vault
