// The values of a space that replicas share: their keys, and their texts. Pure functions. Keys and texts come
// back from a store that others may write to: what cannot be read is nothing.
//
//   rule:<id>                a rule added at run time        {"serial", "source"}
//   switch:<identity>        whether a rule is on            {"enabled", "ends_at"}
//   clock                    its time                        {"frozen"} or {"offset"}, in milliseconds
//   seed                     of what is random               the number
//   oauth                    how authorizing goes            as GET /_mock/oauth
//   ended:<token's hash>     a session ended early           the session
//   consumer:<n>:<a><id>     a consumer, n bytes of which    vault/stored.hpp
//                            are its application's id
//   counts-cleared, sessions-cleared   when that last was    nothing
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rules/rule_switches.hpp"
#include "spaces/clock.hpp"
#include "vault/consumers.hpp"

namespace vault_mock::spaces {

inline constexpr std::string_view kRuleKey = "rule:", kSwitchKey = "switch:", kClockKey = "clock",
                                  kSeedKey = "seed", kOAuthKey = "oauth", kEndedKey = "ended:",
                                  kConsumerKey = "consumer:", kCountsClearedKey = "counts-cleared",
                                  kSessionsClearedKey = "sessions-cleared";

// What follows the prefix; nothing: it is another key.
std::optional<std::string_view> rest_of(std::string_view key, std::string_view prefix);

std::string rule_key(std::string_view id);
// `serial` 0: the version that the value gets.
std::string rule_text(std::uint64_t serial, std::string_view source);
struct StoredRule {
  std::uint64_t serial = 0;
  std::string source;
};
std::optional<StoredRule> read_rule_text(std::string_view text);

std::string switch_key(std::uint64_t identity);
std::string switch_text(const rules::RuleSwitch& value);
std::optional<rules::RuleSwitch> read_switch_text(std::string_view text);

std::string clock_text(const Clock& clock);
std::optional<Clock> read_clock_text(std::string_view text);

std::string ended_key(std::string_view token);

std::string consumer_key(std::string_view application_id, std::string_view id);
// → application and id
std::optional<std::pair<std::string, std::string>> read_consumer_key(std::string_view key);

// Of the counts of a space.
std::string hits_key(std::uint64_t identity);
// Of the requests of consumers: the day, and the consumer.
std::string requests_key(std::chrono::sys_days day, std::string_view application_id, std::string_view id);
struct RequestsKey {
  std::chrono::sys_days day;
  std::string application_id, id;
};
std::optional<RequestsKey> read_requests_key(std::string_view key);

}  // namespace vault_mock::spaces
