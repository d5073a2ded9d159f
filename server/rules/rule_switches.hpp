// Which rules of a space were switched off, and which end at some time, by their identities. Immutable, so
// that threads may share it; a change makes a new one. Most spaces have none.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace vault_mock::rules {

struct RuleSwitch {
  bool enabled = true;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>>
      ends_at;  // by the space's clock; nothing: never

  bool has_ended(std::chrono::sys_time<std::chrono::milliseconds> now) const {
    return ends_at && *ends_at <= now;
  }
  friend bool operator==(const RuleSwitch&, const RuleSwitch&) = default;
};

class RuleSwitches {
 public:
  static constexpr std::size_t kMost = 10'000;  // in a space

  // That of a rule that has none is RuleSwitch{}.
  RuleSwitch of(std::uint64_t identity) const {
    const auto found = switches_.find(identity);
    return found == switches_.end() ? RuleSwitch{} : found->second;
  }
  bool has(std::uint64_t identity) const { return switches_.contains(identity); }
  bool empty() const { return switches_.empty(); }
  std::size_t size() const { return switches_.size(); }

  // The same but for one rule.
  RuleSwitches with(std::uint64_t identity, const RuleSwitch& value) const {
    auto changed = *this;
    if (value == RuleSwitch{})
      changed.switches_.erase(identity);
    else
      changed.switches_[identity] = value;
    return changed;
  }

 private:
  std::map<std::uint64_t, RuleSwitch> switches_;
};

}  // namespace vault_mock::rules
