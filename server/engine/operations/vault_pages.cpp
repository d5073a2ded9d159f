// What a browser opens: the hosted page of a session, the fake provider's page, and the redirects around it.
//
// The pages are files (server/web/) and hold nothing of a request but words of ours: scripts read claims from
// the token in the address, as text.
#include <algorithm>

#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/redirects.hpp"
#include "text/embedded.hpp"
#include "text/url.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// From the request's path to where its space begins: "../" for each segment but the last.
std::string way_to_root(const CheckedRequest& request) {
  std::string way;
  for (auto slashes = std::ranges::count(request.path(), '/'); slashes > 1; --slashes) way += "../";
  return way;
}

// `attributes` of the <html> element: data-state="expired" data-now="1790000000000".
Response page(const CheckedRequest& request, int status, std::string_view file, std::string_view attributes,
              std::string_view images) {
  std::string body(embedded::file(file));
  replace_all(body, "{root}", way_to_root(request));
  replace_all(body, "data-page", attributes);
  return {
      .status = status,
      .headers = {{"content-type", "text/html; charset=utf-8"},
                  {"content-security-policy",
                   "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src " +
                       std::string(images) + "; base-uri 'none'; form-action 'self'"},
                  {"cache-control", "no-store"},
                  {"referrer-policy", "no-referrer"},
                  {"x-content-type-options", "nosniff"}},
      .body = std::move(body)};
}

std::string attribute_safe(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else if (c == '<')
      result += "&lt;";
    else
      result += c;
  }
  return result;
}

constexpr std::string_view kOwnImages = "'self' data:";
constexpr std::string_view kAllImages = "'self' data: http: https:";

// `icon`: of the connector, the only text in a page that is not of our own words.
Response provider_page(const CheckedRequest& request, int status, std::string_view state,
                       std::string_view icon = {}) {
  std::string attributes =
      "data-state=\"" + std::string(state) + "\" data-request=\"" + request.request_id() + "\"";
  if (!icon.empty()) attributes += " data-icon=\"" + attribute_safe(icon) + "\"";
  return page(request, status, "server/web/provider.html", attributes, kOwnImages);
}

struct Authorization {
  const vault::Connector* connector = nullptr;
  std::string application_id, consumer_id, redirect_uri;
};

// What the signed `state` of a link says; without a connector when it is not one of ours.
Authorization read_state(const CheckedRequest& request) {
  Authorization result;
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

Response show_session(const CheckedRequest& request) {
  const auto token = request.path_parameter("token");
  const auto claims = vault::verify_jwt(token, request.space().secret());
  std::string_view state = "active";
  if (!claims || !claims->contains("exp") || !claims->at("exp").is_number())
    state = "broken";
  else if (request.space().is_revoked(token))
    state = "revoked";
  else if (claims->at("exp").get<double>() * 1000 <=
           static_cast<double>(request.now().time_since_epoch().count()))
    state = "expired";
  const bool all_images = request.query("images") == "all";
  const auto attributes = "data-state=\"" + std::string(state) + "\" data-now=\"" +
                          std::to_string(request.now().time_since_epoch().count()) + "\" data-images=\"" +
                          (all_images ? "all" : "own") + "\" data-request=\"" + request.request_id() + "\"";
  return page(request, state == "active" ? 200 : 401, "server/web/session.html", attributes,
              all_images ? kAllImages : kOwnImages);
}

Response show_provider(const CheckedRequest& request) {
  const auto asked = read_state(request);
  if (asked.connector == nullptr) return provider_page(request, 400, "broken");
  return provider_page(request, 200, "ask", asked.connector->icon);
}

// The provider's answer: `code` when the user allowed it, `error` when not. Inferred: a denial changes
// nothing, any other error leaves a connection that has to be authorised again.
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
