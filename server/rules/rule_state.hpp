// What rules remember: how often each has matched, and the named states. The only mutable thing of this room.
//
// Owned by a space and guarded by the space's mutex. Bounded: of more than 100,000 counts or states the one
// unused for longest is forgotten (its sequence starts anew), and so when they take more bytes than the space
// allows, so that a stream of new consumers, or of long ids, cannot use up the memory.
//
// Counts belong to a rule's identity. Rules of files keep theirs while their text stays; each rule that is
// added at run time has one that no other ever has (spaces/added_rules.hpp).
#pragma once

#include <algorithm>
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

  std::size_t bytes() const { return counts_.bytes() + states_.bytes(); }
  // Forgets what has been unused for longest, until it has at most so many bytes. → how much was forgotten
  // since the last time, what had to go by its number included
  std::size_t shrink(std::size_t most_bytes) {
    const auto counts = counts_.shrink(most_bytes - std::min(most_bytes / 2, states_.bytes()));
    return counts + states_.shrink(most_bytes - std::min(most_bytes, counts_.bytes()));
  }

 private:
  BoundedMap<std::uint64_t> counts_;
  BoundedMap<std::string> states_;
};

}  // namespace vault_mock::rules
