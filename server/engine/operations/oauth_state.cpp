#include "engine/operations/oauth_state.hpp"

#include "text/json/json_document.hpp"
#include "vault/jwt.hpp"
#include "vault/oauth_settings.hpp"

namespace vault_mock::engine {
namespace {

constexpr std::string_view kOAuth = vault::kOAuthClaim;

}  // namespace

OAuthState new_state(const CheckedRequest& request, const vault::Connector& connector) {
  OAuthState state;
  state.connector = &connector;
  state.application_id = request.application_id();
  state.consumer_id = request.consumer_id();
  state.oauth = request.claim(kOAuth);
  return state;
}

std::string sign_state(const CheckedRequest& request, const OAuthState& state) {
  nlohmann::ordered_json claims = {{"consumer_id", state.consumer_id},
                                   {"application_id", state.application_id},
                                   {"unified_api", state.connector->unified_api},
                                   {"service_id", state.connector->service_id},
                                   {"name", state.connector->name}};
  for (const auto& [name, text] :
       {std::pair("redirect_uri", &state.redirect_uri), {"nonce", &state.nonce}, {"scope", &state.scope}})
    if (!text->empty()) claims[name] = *text;
  if (!state.oauth.is_null()) claims[std::string(kOAuth)] = state.oauth;
  return vault::sign_jwt(text::dump(claims), request.space().secret());
}

OAuthState read_state(const CheckedRequest& request) {
  OAuthState state;
  const auto* claims = &request.state_claims();
  if (claims->is_null()) return state;
  const auto text = [&](const char* key) {
    const auto found = claims->find(key);
    return found != claims->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  state.application_id = text("application_id");
  state.consumer_id = text("consumer_id");
  state.redirect_uri = text("redirect_uri");
  state.nonce = text("nonce");
  state.scope = text("scope");
  if (const auto oauth = claims->find(kOAuth); oauth != claims->end()) state.oauth = *oauth;
  for (const char* name : {"service_id", "application_id"})
    if (const auto named = request.path_parameter(name); !named.empty() && named != text(name)) return state;
  state.connector = request.connectors().find(text("unified_api"), text("service_id"));
  return state;
}

}  // namespace vault_mock::engine
