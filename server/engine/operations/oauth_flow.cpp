// The OAuth flow of a connection, with a fake provider in place of the real one: authorize leads to the
// provider's page, which leads to the callback, which leads back to where the flow began.
//
// Documented: the parameters, the 301s, the unconfirmed connection, and what stands in the fragment. Observed
// in the vendor's front ends: error_type, error_message and service_id after a failure, and the landing page.
// Unknown: the values of error_type; here the provider's own code.
#include "engine/operations/connectors.hpp"
#include "engine/operations/oauth_state.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/redirects.hpp"
#include "text/url.hpp"
#include "vault/oauth_settings.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;

// A page for a browser, the vendor's error for a program. `page_state`: as in PageModel.
Response refuse(const CheckedRequest& request, ErrorType type, const std::string& detail,
                std::string_view page_state) {
  if (!request.asks_for_page()) return failure(type, detail);
  auto response =
      request.render(contract::row_of(type).status, request.new_page(PageModel::Page::provider, page_state));
  response.reason = detail;
  return response;
}

Response refuse_redirect(const CheckedRequest& request) {
  return refuse(request, ErrorType::oauth_redirect_uri, std::string(kNoWayBack), "unsafe");
}

// The state with which every step of the flow begins, or why there is none.
tl::expected<OAuthState, Response> state_of_flow(const CheckedRequest& request) {
  auto state = read_state(request);
  if (state.connector == nullptr)
    return tl::unexpected(refuse(
        request, ErrorType::oauth_invalid_state,
        "The state is not one that this mock handed out in this space: begin again from the app", "broken"));
  if (!state.connector->is_authorized_by_browser())
    return tl::unexpected(
        refuse(request, ErrorType::oauth_connector, words_without_browser(*state.connector), "broken"));
  return state;
}

// The same for a link to which the app adds where it leads back to.
tl::expected<OAuthState, Response> state_of_link(const CheckedRequest& request) {
  auto state = state_of_flow(request);
  if (!state) return state;
  if (const auto uri = request.query("redirect_uri"); uri && !uri->empty()) state->redirect_uri = *uri;
  if (!is_way_back(state->redirect_uri)) return tl::unexpected(refuse_redirect(request));
  return state;
}

vault::OAuthSettings settings_for(const CheckedRequest& request, const OAuthState& state) {
  return vault::changed(request.space().oauth(), state.oauth);
}

bool is_landing_page(const OAuthState& state) {
  return state.redirect_uri.empty() || is_vendors_callback(state.redirect_uri);
}

// Documented: 301. It must not be remembered, as the same link leads elsewhere another time.
Response redirect(std::string_view target, bool severs_opener) {
  Response response{.status = 301, .headers = {}, .body = ""};
  response.headers.emplace_back("location", text::percent_encoded_invisible(target));
  response.headers.emplace_back("cache-control", "no-store");
  if (severs_opener) response.headers.emplace_back(kOpenerPolicy, kSeveringPolicy);
  return response;
}

// A nonce asks for two steps, and the space's settings, or the session's, say whether there are two. The
// vendor's front ends, which have themselves led back to the landing page, send one whatever the settings.
void advise_on_nonce(const CheckedRequest& request, const OAuthState& state,
                     const vault::OAuthSettings& settings) {
  if (settings.confirm && state.nonce.empty())
    request.advise("nonce",
                   "no nonce: this authorizes in one step, and there is nothing to confirm; two steps take "
                   "&nonce=… in the link");
  if (!settings.confirm && !state.nonce.empty() && !is_landing_page(state))
    request.advise("nonce",
                   "a nonce, but two steps are switched off: this authorizes in one; --oauth-confirm, or "
                   "PUT /_mock/oauth {\"confirm\": true}, switches them on");
}

void advise_on_severed_opener(const CheckedRequest& request) {
  request.advise(
      "cross-origin-opener-policy",
      "the opener is severed: the app gets no message from this popup, and no confirm token by it");
}

// Where the flow leads back to.
std::string way_back(const CheckedRequest& request, const OAuthState& state, bool severs_opener) {
  if (!is_landing_page(state)) return state.redirect_uri;
  auto uri = std::string(request.base_url()).append(landing_page(state.redirect_uri));
  return severs_opener ? with_query(uri, "opener", "severed") : uri;
}

// After a denial or a failure of the provider.
Response go_back_with_error(const CheckedRequest& request, const OAuthState& state, const std::string& error,
                            bool severs_opener) {
  auto message = request.query("error_description").value_or("");
  if (message.empty()) message = state.connector->name + " answered with the error '" + error + "'";
  auto uri = way_back(request, state, severs_opener);
  for (const auto& [name, value] : {std::pair<std::string_view, std::string_view>("error_type", error),
                                    {"error_message", message},
                                    {"service_id", state.connector->service_id}})
    uri = with_query(uri, name, text::percent_encoded(value));
  return redirect(uri, severs_opener);
}

// Changes the connection that the state is about; false: there is no room for it.
template <typename Action>
bool change(const CheckedRequest& request, const OAuthState& state, const Action& action) {
  if (request.is_head()) return true;
  return request.space().use_consumers([&](vault::Consumers& consumers) {
    auto& consumer = consumers.upsert(state.application_id, state.consumer_id, request.now());
    return consumers.change(consumer, *state.connector, request.now(), action) != nullptr;
  });
}

}  // namespace

// To the provider, with a state that has all that the browser asked for.
Response authorize_connection(const CheckedRequest& request) {
  auto state = state_of_link(request);
  if (!state) return std::move(state.error());
  state->nonce = request.query("nonce").value_or("");
  state->scope = request.query("scope").value_or("");
  const auto settings = settings_for(request, *state);
  advise_on_nonce(request, *state, settings);
  const auto target = std::string(request.base_url()) + "/provider/" +
                      text::percent_encoded(state->connector->service_id) +
                      "?state=" + sign_state(request, *state);
  return redirect(target, settings.severs_opener);
}

Response show_provider(const CheckedRequest& request) {
  const auto state = state_of_flow(request);
  if (!state) return state.error();
  auto page = request.new_page(PageModel::Page::provider, "ask");
  page.icon = state->connector->icon;
  page.severs_opener = settings_for(request, *state).severs_opener;
  return request.render(200, page);
}

// The provider's answer: `code` when the user allowed it, `error` when not. Inferred: a denial changes
// nothing, any other error leaves a connection that has to be authorized again.
Response take_callback(const CheckedRequest& request) {
  const auto state = state_of_flow(request);
  if (!state) return state.error();
  if (!is_way_back(state->redirect_uri)) return refuse_redirect(request);
  const auto settings = settings_for(request, *state);
  if (settings.severs_opener) advise_on_severed_opener(request);
  if (const auto error = request.query("error").value_or(""); !error.empty()) {
    if (error != "access_denied" && !change(request, *state, [](vault::Connection& connection) {
          vault::set_authorized(connection, false);
          connection.invalid = true;
        }))
      return no_room();
    return go_back_with_error(request, *state, error, settings.severs_opener);
  }

  std::string token;
  if (settings.confirm && !state->nonce.empty() && !request.is_head())
    token = rules::throw_uuid(request.dice());
  const bool kept = change(request, *state, [&](vault::Connection& connection) {
    vault::set_authorized(connection, true);
    if (token.empty()) return;
    vault::Confirmation confirmation;
    confirmation.token = token;
    confirmation.expires_at = request.now() + vault::kConfirmationLasts;
    connection.confirmation = std::move(confirmation);
  });
  if (!kept) return no_room();
  auto uri = way_back(request, *state, settings.severs_opener);
  if (!token.empty())
    uri = with_fragment(uri, "nonce=" + text::percent_encoded(state->nonce) + "&confirm_token=" + token +
                                 "&service_id=" + text::percent_encoded(state->connector->service_id));
  return redirect(uri, settings.severs_opener);
}

Response revoke_connection(const CheckedRequest& request) {
  const auto state = state_of_link(request);
  if (!state) return state.error();
  request.space().use_consumers([&](vault::Consumers& consumers) {
    auto* consumer = consumers.find(state->application_id, state->consumer_id);
    if (request.is_head() || consumer == nullptr || consumer->find(*state->connector) == nullptr) return;
    consumers.change(*consumer, *state->connector, request.now(), vault::revoke);  // no larger than before
  });
  const bool severs_opener = settings_for(request, *state).severs_opener;
  return redirect(way_back(request, *state, severs_opener), severs_opener);
}

// The page that tells the app which opened it how the flow ended, and closes.
Response show_landing_page(const CheckedRequest& request) {
  auto page = request.new_page(PageModel::Page::landing, "landed");
  page.severs_opener = request.query("opener") == "severed";
  if (page.severs_opener) advise_on_severed_opener(request);
  return request.render(200, page);
}

}  // namespace vault_mock::engine
