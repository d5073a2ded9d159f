// The OAuth flow of a connection, with a fake provider in place of the real one: the provider's page, its
// answer to the callback, and the way back to where the flow began.
#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/redirects.hpp"
#include "text/url.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

Response provider_page(const CheckedRequest& request, int status, std::string_view state,
                       const std::string& icon = "") {
  auto page = request.new_page(PageModel::Page::provider, state);
  page.icon = icon;
  return request.render(status, page);
}

// Which connection the flow is about, and where it leads back to.
struct FlowState {
  const vault::Connector* connector = nullptr;
  std::string application_id, consumer_id, redirect_uri;
};

// What the signed `state` of a link says; without a connector when it is not one of ours.
FlowState read_state(const CheckedRequest& request) {
  FlowState result;
  const auto state = request.query("state").value_or("");
  const auto claims = vault::verify_jwt(state, request.space().secret());
  if (!claims) return result;
  const auto text = [&](const char* key) {
    const auto found = claims->find(key);
    return found != claims->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  result.application_id = text("application_id");
  result.consumer_id = text("consumer_id");
  result.redirect_uri = request.query("redirect_uri").value_or(text("redirect_uri"));
  result.connector = request.connectors().find(text("unified_api"), text("service_id"));
  return result;
}

// Back to where the flow began; without a usable redirect_uri, to a page that closes itself.
Response go_back(const CheckedRequest& request, const std::string& uri, std::string_view error) {
  if (uri.empty() || is_vendors_callback(uri))
    return provider_page(request, 200, error.empty() ? "done" : error);
  if (!is_safe_redirect(uri)) return provider_page(request, 400, "unsafe");
  const auto target = text::percent_encoded_invisible(uri);
  auto response = Response{.status = 303, .headers = {}, .body = ""};
  response.headers.emplace_back("location", error.empty() ? target : with_query(target, "error", error));
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

}  // namespace

Response show_provider(const CheckedRequest& request) {
  const auto asked = read_state(request);
  if (asked.connector == nullptr) return provider_page(request, 400, "broken");
  return provider_page(request, 200, "ask", asked.connector->icon);
}

// The provider's answer: `code` when the user allowed it, `error` when not. Inferred: a denial changes
// nothing, any other error leaves a connection that has to be authorized again.
Response take_callback(const CheckedRequest& request) {
  const auto asked = read_state(request);
  if (asked.connector == nullptr) return provider_page(request, 400, "broken");
  const auto error = request.query("error").value_or("");
  const bool denied = error == "access_denied";
  if (!denied) {
    const bool kept = request.space().use_consumers([&](vault::Consumers& consumers) {
      auto& consumer = consumers.upsert(asked.application_id, asked.consumer_id, request.now());
      auto connection = consumer.copy_or_new(*asked.connector, request.now());
      connection.authorized = error.empty();
      connection.invalid = !error.empty();
      connection.updated_at = request.now();
      return consumers.keep(consumer, *asked.connector, std::move(connection)) != nullptr;
    });
    if (!kept) return no_room();
  }
  return go_back(request, asked.redirect_uri, error.empty() ? "" : denied ? "access_denied" : "server_error");
}

Response revoke_connection(const CheckedRequest& request) {
  const auto asked = read_state(request);
  if (asked.connector == nullptr) return provider_page(request, 400, "broken");
  request.space().use_consumers([&](vault::Consumers& consumers) {
    auto* consumer = consumers.find(asked.application_id, asked.consumer_id);
    if (consumer == nullptr || consumer->find(*asked.connector) == nullptr) return;
    auto connection = consumer->copy_or_new(*asked.connector, request.now());
    connection.authorized = connection.invalid = false;
    connection.updated_at = request.now();
    consumers.keep(*consumer, *asked.connector, std::move(connection));  // no larger than before
  });
  return go_back(request, asked.redirect_uri, "");
}

}  // namespace vault_mock::engine
