#include "spaces/shared_values.hpp"

#include "text/hex.hpp"
#include "text/json/json_document.hpp"
#include "text/number.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::spaces {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// An object, or null.
json object_of(std::string_view text) {
  auto document = text::read_json(text);
  return document && document->value.is_object() ? std::move(document->value) : json();
}

// Milliseconds, within what a time can be. Nothing: it is none.
std::optional<std::chrono::milliseconds> milliseconds_at(const json& object, std::string_view key) {
  constexpr std::int64_t kMost = 300'000'000'000'000;  // about 9,500 years
  const auto member = object.find(key);
  if (member == object.end() || !member->is_number_integer()) return std::nullopt;
  if (member->is_number_unsigned() && member->get<std::uint64_t>() > std::uint64_t{kMost})
    return std::nullopt;
  const auto count = member->get<std::int64_t>();
  if (count < -kMost || count > kMost) return std::nullopt;
  return std::chrono::milliseconds(count);
}

// "3:abcde" → "abc", "de"
std::optional<std::pair<std::string, std::string>> read_pair(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  const auto size = text::whole_number<std::size_t>(text.substr(0, colon));
  text.remove_prefix(colon + 1);
  if (!size || *size > text.size()) return std::nullopt;
  return std::pair(std::string(text.substr(0, *size)), std::string(text.substr(*size)));
}

std::string pair_text(std::string_view first, std::string_view second) {
  return std::to_string(first.size()).append(":").append(first).append(second);
}

}  // namespace

std::optional<std::string_view> rest_of(std::string_view key, std::string_view prefix) {
  if (!key.starts_with(prefix)) return std::nullopt;
  return key.substr(prefix.size());
}

std::string rule_key(std::string_view id) { return std::string(kRuleKey).append(id); }

std::string rule_text(std::uint64_t serial, std::string_view source) {
  return text::dump(ordered_json{{"serial", serial}, {"source", source}});
}

std::optional<StoredRule> read_rule_text(std::string_view text) {
  const auto stored = object_of(text);
  const auto serial = stored.find("serial");
  const auto source = stored.find("source");
  if (serial == stored.end() || !serial->is_number_unsigned() || source == stored.end() ||
      !source->is_string())
    return std::nullopt;
  return StoredRule{serial->get<std::uint64_t>(), source->get<std::string>()};
}

std::string switch_key(std::uint64_t identity) {
  return std::string(kSwitchKey).append(std::to_string(identity));
}

std::string switch_text(const rules::RuleSwitch& value) {
  ordered_json stored = {{"enabled", value.enabled}};
  if (value.ends_at) stored["ends_at"] = value.ends_at->time_since_epoch().count();
  return text::dump(stored);
}

std::optional<rules::RuleSwitch> read_switch_text(std::string_view text) {
  const auto stored = object_of(text);
  const auto enabled = stored.find("enabled");
  if (enabled == stored.end() || !enabled->is_boolean()) return std::nullopt;
  rules::RuleSwitch value{.enabled = enabled->get<bool>(), .ends_at = std::nullopt};
  if (const auto ends_at = milliseconds_at(stored, "ends_at")) value.ends_at = Time(*ends_at);
  return value;
}

std::string clock_text(const Clock& clock) {
  ordered_json stored = {{"offset", clock.offset().count()}};
  if (clock.is_frozen()) stored["frozen"] = clock.now({}).time_since_epoch().count();
  return text::dump(stored);
}

std::optional<Clock> read_clock_text(std::string_view text) {
  const auto stored = object_of(text);
  const auto offset = milliseconds_at(stored, "offset");
  if (!offset) return std::nullopt;
  Clock clock;
  clock.set_offset(*offset);
  if (const auto frozen = milliseconds_at(stored, "frozen")) clock.freeze(Time(*frozen));
  return clock;
}

std::string ended_key(std::string_view token) {
  std::string key(kEndedKey);
  for (const char byte : vault::hmac_sha256("ended", token).substr(0, 16))
    key += text::hex(static_cast<unsigned char>(byte), 2);
  return key;
}

std::string consumer_key(std::string_view application_id, std::string_view id) {
  return std::string(kConsumerKey).append(pair_text(application_id, id));
}

std::optional<std::pair<std::string, std::string>> read_consumer_key(std::string_view key) {
  const auto rest = rest_of(key, kConsumerKey);
  return rest ? read_pair(*rest) : std::nullopt;
}

std::string hits_key(std::uint64_t identity) { return "h" + std::to_string(identity); }

std::string requests_key(std::chrono::sys_days day, std::string_view application_id, std::string_view id) {
  return std::to_string(day.time_since_epoch().count()).append("/").append(pair_text(application_id, id));
}

std::optional<RequestsKey> read_requests_key(std::string_view key) {
  const auto slash = key.find('/');
  if (slash == key.npos) return std::nullopt;
  const auto day = text::whole_number<int>(key.substr(0, slash));
  auto names = read_pair(key.substr(slash + 1));
  if (!day || !names) return std::nullopt;
  return RequestsKey{.day = std::chrono::sys_days(std::chrono::days(*day)),
                     .application_id = std::move(names->first),
                     .id = std::move(names->second)};
}

}  // namespace vault_mock::spaces
