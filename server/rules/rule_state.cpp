#include "rules/rule_state.hpp"

namespace vault_mock::rules {
namespace {

// What belongs to the whole space has no consumer; that of a request without a consumer id is a consumer of
// its own.
std::string owner(const Rule& rule, std::string_view consumer) {
  if (rule.per == Per::space) return "s";
  std::string owner;
  owner.reserve(consumer.size() + 8);
  return owner.append("c:").append(std::to_string(consumer.size())).append(":").append(consumer);
}

}  // namespace

std::string count_key(const Rule& rule, std::string_view consumer) {
  return owner(rule, consumer).append("#").append(std::to_string(rule.identity));
}

std::string state_key(const Rule& rule, std::string_view consumer, std::string_view name) {
  return owner(rule, consumer).append("=").append(name);
}

std::uint64_t RuleState::count(const Rule& rule, std::string_view consumer) {
  const auto* count = counts_.find(count_key(rule, consumer));
  return count ? *count : 0;
}

std::uint64_t RuleState::add_match(const Rule& rule, std::string_view consumer) {
  const auto key = count_key(rule, consumer);
  if (auto* count = counts_.find(key)) return ++*count;
  counts_.put(key, 1);
  return 1;
}

void RuleState::put_count(std::string_view key, std::uint64_t count) { counts_.put(key, count); }

void RuleState::put_hits(std::uint64_t identity, std::uint64_t count,
                         std::chrono::sys_time<std::chrono::milliseconds> last) {
  hits_.put(std::to_string(identity), {count, last});
}

void RuleState::note_hit(const Rule& rule, std::chrono::sys_time<std::chrono::milliseconds> now) {
  const auto key = std::to_string(rule.identity);
  if (auto* known = hits_.find(key))
    *known = {known->count + 1, now};
  else
    hits_.put(key, {1, now});
}

RuleState::Hits RuleState::hits(const Rule& rule) {
  const auto* known = hits_.find(std::to_string(rule.identity));
  return known != nullptr ? *known : Hits{};
}

std::optional<std::string> RuleState::state(const Rule& rule, std::string_view consumer,
                                            std::string_view name) {
  const auto* value = states_.find(state_key(rule, consumer, name));
  if (value == nullptr) return std::nullopt;
  return *value;
}

void RuleState::set_state(const Rule& rule, std::string_view consumer, const NamedState& state) {
  const auto key = state_key(rule, consumer, state.name);
  if (state.value) {
    states_.put(key, *state.value);
  } else {
    states_.erase(key);
  }
}

void RuleState::forget_all() {
  counts_.clear();
  states_.clear();
  hits_.clear();
  has_dropped_hits_ = false;
}

}  // namespace vault_mock::rules
