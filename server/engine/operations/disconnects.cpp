// What a provider calls when its user disconnects there: with the browser (GET), or from its own server
// (POST).
//
// Documented: the path's JWT says which application it is about, the POST has the provider's own identifier.
// Inferred: any token of this space that names an application will do, as a state of a link does; when it
// names a consumer, too, that consumer's connection is revoked, and otherwise nothing changes, as the mock
// knows no provider's identifiers.
#include <algorithm>

#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/session_state.hpp"
#include "text/json/string_member.hpp"
#include "text/shortened.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

void disconnect(const CheckedRequest& request, const nlohmann::json& claims) {
  if (request.is_head()) return;
  request.space().use_consumers([&](vault::Consumers& consumers) {
    auto* consumer = consumers.find(text::string_member(claims, "application_id"),
                                    text::string_member(claims, "consumer_id"));
    if (consumer == nullptr) return;
    for (const auto& connector : request.connectors().connectors()) {
      if (connector.service_id != request.path_parameter("service_id") ||
          consumer->find(connector) == nullptr)
        continue;
      consumers.change(*consumer, connector, request.now(), [&](vault::Connection& connection) {
        if (connector.is_oauth()) vault::revoke(connection);
      });  // no larger than before
    }
  });
}

// A session token may have been revoked, or have expired. The state of an authorization has no end.
bool is_over(const CheckedRequest& request, const nlohmann::json& claims) {
  return claims.contains("exp") &&
         session_state(request.path_parameter("jwt"), request.space(), request.now()) != "active";
}

// Disconnects, and answers with `done` unless the token is not one of ours.
template <typename Done>
Response when_signed(const CheckedRequest& request, Done done) {
  const auto claims = vault::verify_jwt(request.path_parameter("jwt"), request.space().secret());
  if (!claims || text::string_member(*claims, "application_id").empty() || is_over(request, *claims))
    return failure(contract::ErrorType::unauthorized, "Invalid Authorization Token");
  const auto service = request.path_parameter("service_id");
  if (std::ranges::find(request.connectors().connectors(), service, &vault::Connector::service_id) ==
      request.connectors().connectors().end())
    return failure(contract::ErrorType::connector_not_found,
                   "Could not find connector with service id: '" + text::shortened(service) + "'");
  disconnect(request, *claims);
  return done();
}

}  // namespace

Response show_disconnected(const CheckedRequest& request) {
  return when_signed(request, [&] {
    return request.render(200, request.new_page(PageModel::Page::provider, "disconnected"));
  });
}

Response take_disconnect(const CheckedRequest& request) {
  return when_signed(request, [] { return json_response(200, R"({"status":"OK"})"); });
}

}  // namespace vault_mock::engine
