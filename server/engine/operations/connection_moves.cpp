// How a connection comes here from elsewhere: imported with its credentials, migrated from another connector,
// or by the callback of an authorization that the app started itself.
#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/redirects.hpp"
#include "text/json/string_member.hpp"
#include "text/shortened.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;

}  // namespace

// Inferred: either token authorizes the connection, an expired one included, since Vault would refresh it.
// The tokens themselves are not kept.
Response import_connection(const CheckedRequest& request) {
  return change_connection(request, [&](const vault::Connector& connector, vault::Connection& connection) {
    const auto& body = request.body();
    vault::update(connection, body);
    const auto credentials = body.value("credentials", nlohmann::json::object());
    if (!connector.is_oauth() || !(!text::string_member(credentials, "access_token").empty() ||
                                   !text::string_member(credentials, "refresh_token").empty()))
      return;
    vault::set_authorized(connection, true);
  });
}

// Documented: the target takes over credentials, settings, metadata, configuration and consents, the source
// is removed without being revoked, and a retry answers as the first call did. Unknown: which connectors are
// each other's targets. Here those of one unified API with the same way to authenticate.
Response migrate_connection(const CheckedRequest& request) {
  const auto* source = find_connector(request);
  if (source == nullptr) return unknown_connector(request);
  const auto target_id = request.body().at("target_service_id").get<std::string>();
  const auto* target = request.connectors().find(source->unified_api, target_id);
  if (target == nullptr)
    return failure(
        ErrorType::connector_not_found,
        "Could not find connector with id: '" + source->unified_api + "+" + text::shortened(target_id) + "'");
  if (target == source)
    return failure(ErrorType::invalid_state, "The connection is one of '" + target_id + "' already");
  if (target->auth_type != source->auth_type)
    return failure(ErrorType::invalid_state, "'" + target->id + "' cannot take over the credentials of '" +
                                                 source->id + "': one authenticates by " + target->auth_type +
                                                 ", the other by " + source->auth_type);

  enum class End { migrated, unknown, conflict };
  auto end = End::migrated;
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) -> std::string {
    auto* consumer = known_caller(request, consumers);
    const auto* there = consumer ? consumer->find(*target) : nullptr;
    const bool is_here = consumer != nullptr && consumer->find(*source) != nullptr;
    if (is_here == (there != nullptr)) {
      end = is_here ? End::conflict : End::unknown;
      return "";
    }
    if (is_here) {
      auto moved = consumer->connections.extract(source->id);
      moved.key() = target->id;
      moved.mapped().updated_at = request.now();
      there = &consumer->connections.insert(std::move(moved)).position->second;
    }
    return text::dump(connection_json(request, *target, consumer, there));
  });
  if (end == End::unknown) return unknown_connection(*source);
  if (end == End::conflict)
    return failure(ErrorType::conflict, "There is a connection with id: '" + target->id + "' already");
  return request.success(data);
}

// For GET /vault/callback, which then goes to the redirect_uri given here. Documented: for every connector;
// the callback refuses the state of one that no browser authorizes.
Response create_callback_state(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const auto redirect_uri = text::string_member(request.body(), "redirect_uri");
  if (!is_way_back(redirect_uri)) return failure(ErrorType::oauth_redirect_uri, std::string(kNoWayBack));
  const auto state = callback_state(request, *connector, redirect_uri);
  return request.success(text::dump(nlohmann::ordered_json{{"state", state}}));
}

}  // namespace vault_mock::engine
