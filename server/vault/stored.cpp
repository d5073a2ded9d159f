#include "vault/stored.hpp"

#include "text/bytes.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::int64_t number_of(Millis time) { return time.time_since_epoch().count(); }
std::int64_t number_of(Seconds time) { return time.time_since_epoch().count(); }

// The milliseconds of years up to 9999, so that no time that is made of them overflows.
constexpr std::int64_t kMostTime = 300'000'000'000'000;

constexpr std::uint64_t kSessionFormat = 1;

template <typename Time>
Time time_at(const json& object, std::string_view key) {
  const auto number = object.at(key).get<std::int64_t>();
  if (number < -kMostTime || number > kMostTime) throw std::out_of_range("a time beyond all calendars");
  return Time(typename Time::duration(number));
}

ordered_json to_stored(const Connection& connection) {
  ordered_json stored = {{"enabled", connection.enabled},
                         {"authorized", connection.authorized},
                         {"invalid", connection.invalid},
                         {"revoked", connection.revoked},
                         {"settings", connection.settings},
                         {"metadata", connection.metadata},
                         {"configuration", connection.configuration},
                         {"consents", connection.consents},
                         {"custom_mappings", connection.custom_mappings},
                         {"created_at", number_of(connection.created_at)},
                         {"updated_at", number_of(connection.updated_at)}};
  if (connection.confirmation)
    stored["confirmation"] = {{"token", connection.confirmation->token},
                              {"expires_at", number_of(connection.confirmation->expires_at)},
                              {"used", connection.confirmation->used}};
  return stored;
}

json object_at(const json& object, std::string_view key) {
  const auto& value = object.at(key);
  return value.is_object() ? value : throw std::invalid_argument("not an object");
}

Connection connection_of(const json& stored) {
  Connection connection;
  connection.enabled = stored.at("enabled").get<bool>();
  connection.authorized = stored.at("authorized").get<bool>();
  connection.invalid = stored.at("invalid").get<bool>();
  connection.revoked = stored.at("revoked").get<bool>();
  connection.settings = object_at(stored, "settings");
  connection.metadata = object_at(stored, "metadata");
  connection.configuration = object_at(stored, "configuration");
  connection.consents = stored.at("consents");
  if (!connection.consents.is_array()) throw std::invalid_argument("not a list");
  connection.custom_mappings = stored.at("custom_mappings").get<std::map<std::string, std::string>>();
  connection.created_at = time_at<Millis>(stored, "created_at");
  connection.updated_at = time_at<Millis>(stored, "updated_at");
  if (const auto found = stored.find("confirmation"); found != stored.end())
    connection.confirmation = Confirmation{.token = found->at("token").get<std::string>(),
                                           .expires_at = time_at<Millis>(*found, "expires_at"),
                                           .used = found->at("used").get<bool>()};
  connection.bytes = bytes_of(connection);
  return connection;
}

// What is missing, or of another type, makes nothing of all.
template <typename Read>
auto read(std::string_view text, const Read& read_json) -> std::optional<decltype(read_json(json()))> {
  try {
    auto document = text::read_json(text);
    if (!document || !document->value.is_object()) return std::nullopt;
    return read_json(document->value);
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const std::logic_error&) {
    return std::nullopt;
  }
}

}  // namespace

std::string stored_text(const Consumer& consumer) {
  auto connections = ordered_json::object();
  for (const auto& [id, connection] : consumer.connections) connections[id] = to_stored(connection);
  return text::dump(ordered_json{{"id", consumer.id},
                                 {"application", consumer.application_id},
                                 {"metadata", consumer.metadata},
                                 {"created", number_of(consumer.created)},
                                 {"modified", number_of(consumer.modified)},
                                 {"connections", std::move(connections)}});
}

std::optional<Consumer> read_stored_consumer(std::string_view text) {
  return read(text, [](const json& stored) {
    Consumer consumer{.id = stored.at("id").get<std::string>(),
                      .application_id = stored.at("application").get<std::string>(),
                      .metadata = stored.at("metadata").get<std::string>(),
                      .created = time_at<Millis>(stored, "created"),
                      .modified = time_at<Millis>(stored, "modified"),
                      .connections = {}};
    const auto metadata = text::read_json(consumer.metadata);
    if (!metadata || !metadata->value.is_object() || consumer.metadata.size() > kMostMetadata)
      throw std::invalid_argument("not an object");
    for (const auto& [id, connection] : stored.at("connections").items())
      consumer.connections.emplace(id, connection_of(connection));
    return consumer;
  });
}

// In bytes: one is written for each session that is handed out.
std::string stored_text(const Session& session) {
  constexpr std::size_t kNumbers = 40;
  text::ByteWriter to(session.token.size() + session.consumer_id.size() + session.application_id.size() +
                      kNumbers);
  to.number(kSessionFormat);
  to.text(session.token);
  to.text(session.consumer_id);
  to.text(session.application_id);
  to.signed_number(number_of(session.issued_at));
  to.signed_number(number_of(session.expires_at));
  to.number(session.ended ? static_cast<std::uint64_t>(*session.ended) : 0);
  return to.take();
}

std::optional<Session> read_stored_session(std::string_view text) {
  text::ByteReader from(text);
  if (from.number() != kSessionFormat) return std::nullopt;
  Session session;
  session.token = from.text();
  session.consumer_id = from.text();
  session.application_id = from.text();
  session.issued_at = Seconds(std::chrono::seconds(from.signed_number(-kMostTime, kMostTime)));
  session.expires_at = Seconds(std::chrono::seconds(from.signed_number(-kMostTime, kMostTime)));
  const auto ended = from.number(static_cast<std::uint64_t>(SessionState::revoked));
  if (ended != 0) session.ended = static_cast<SessionState>(ended);
  return from.is_done() ? std::optional(std::move(session)) : std::nullopt;
}

}  // namespace vault_mock::vault
