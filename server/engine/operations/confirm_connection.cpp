// The second step of authorizing in two: the app brings the confirm token of the callback.
//
// Documented: the token is good once and for 30 minutes. Observed in the vendor's notes: 404 for an unknown
// token, 401 for one of another application, consumer or connector and where the feature is off. Inferred: a
// token that was used or has expired is as unknown. Unknown: all words; what becomes of the token of an
// earlier authorization (here the last one counts), and of one that is pending when the feature is switched
// off (here it is still good, as nothing else would end the waiting).
#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "text/shortened.hpp"
#include "vault/oauth_settings.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;

constexpr std::string_view kPlace = "/confirm_token";

enum class Finding { confirmed, off, elsewhere, used, expired, unknown, no_room };

bool has_token(const vault::Connection& connection, const std::string& token) {
  return connection.confirmation && connection.confirmation->token == token;
}

bool is_anywhere(const vault::Consumers& consumers, const std::string& token) {
  for (const auto& consumer : consumers.oldest_first())
    for (const auto& [id, connection] : consumer.connections)
      if (has_token(connection, token)) return true;
  return false;
}

Finding confirm(const CheckedRequest& request, const vault::Connector& connector, bool is_on,
                vault::Consumers& consumers) {
  const auto& token = request.body().at("confirm_token").get_ref<const std::string&>();
  auto* consumer = known_caller(request, consumers);
  const auto* found = consumer ? consumer->find(connector) : nullptr;
  const bool is_here = found != nullptr && has_token(*found, token);
  const bool is_good =
      is_here && !found->confirmation->used && found->confirmation->expires_at > request.now();
  if (!is_on && !is_good) return Finding::off;
  if (!is_here) return is_anywhere(consumers, token) ? Finding::elsewhere : Finding::unknown;
  if (found->confirmation->used) return Finding::used;
  if (found->confirmation->expires_at <= request.now()) return Finding::expired;
  consumer->modified = request.now();
  const auto* confirmed =
      consumers.change(*consumer, connector, request.now(),
                       [](vault::Connection& connection) { connection.confirmation->used = true; });
  return confirmed ? Finding::confirmed : Finding::no_room;
}

}  // namespace

Response confirm_connection(const CheckedRequest& request) {
  const auto* connector = find_connector(request);
  if (connector == nullptr) return unknown_connector(request);
  const bool is_on = vault::changed(request.space().oauth(), request.claim(vault::kOAuthClaim)).confirm;
  const auto finding = request.space().use_consumers(
      [&](vault::Consumers& consumers) { return confirm(request, *connector, is_on, consumers); });
  const auto advise = [&](std::string_view text) { request.advise(std::string(kPlace), std::string(text)); };
  switch (finding) {
    case Finding::confirmed:
      return request.success(R"({"confirmed":true})");
    case Finding::no_room:
      return no_room();
    case Finding::off:
      advise(
          "authorizing takes one step here: for two start with --oauth-confirm, PUT {\"confirm\": true} "
          "to /_mock/oauth, or let a rule's session ask for it");
      return failure(ErrorType::unauthorized, "OAuth confirmation is not enabled for this account");
    case Finding::elsewhere:
      advise("the token belongs to another application, consumer or connector");
      return failure(ErrorType::unauthorized, "The confirm token does not belong to this connection");
    case Finding::used:
      advise("the token was used before: it is good once");
      break;
    case Finding::expired:
      advise("the token has expired: it is good for 30 minutes, by the clock of the space");
      break;
    case Finding::unknown:
      advise("no callback gave out this token; only the one of the last authorization counts");
      break;
  }
  const auto& token = request.body().at("confirm_token").get_ref<const std::string&>();
  return not_found("Unknown Confirm Token",
                   "Could not find confirm token with id: '" + text::shortened(token) + "'");
}

}  // namespace vault_mock::engine
