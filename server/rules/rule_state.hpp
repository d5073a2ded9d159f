// What rules remember: how often each has matched, and the named states. The only mutable thing of this room.
//
// Owned by a space and guarded by the space's mutex. Bounded: of more than 100,000 counts or states the one
// unused for longest is forgotten (its sequence starts anew), so a stream of new consumers cannot use up the
// memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/bounded_map.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

class RuleState {
 public:
  // How often the rule has matched, for this consumer when it counts per consumer.
  std::uint64_t count(const Rule& rule, std::string_view consumer);
  std::uint64_t add_match(const Rule& rule, std::string_view consumer);  // the new count

  std::optional<std::string> state(const Rule& rule, std::string_view consumer, std::string_view name);
  void set_state(const Rule& rule, std::string_view consumer, const NamedState& state);

  void forget_all();

 private:
  BoundedMap<std::uint64_t> counts_;
  BoundedMap<std::string> states_;
};

}  // namespace vault_mock::rules
