// What rules remember about earlier requests: how often each has matched and when last, and the named states.
// The only mutable thing in rules/.
//
// A space owns it and guards it with its mutex. It is bounded, so that a stream of new consumers or of long
// ids cannot use up the memory: of more than 100,000 counts, states or hits, or of more bytes than the
// space allows, the least recently used are dropped: sequences start again, and hits count from nothing.
//
// Counts belong to a rule's identity (rule.hpp). A rule of a file keeps it while its text stays the same;
// each rule added at run time has an identity that no other ever has (spaces/added_rules.hpp).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/bounded_map.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

// Where the count of a rule, or a named state, is: in all replicas the same. What belongs to one consumer begins
// with "c:".
std::string count_key(const Rule& rule, std::string_view consumer);
std::string state_key(const Rule& rule, std::string_view consumer, std::string_view name);

class RuleState {
 public:
  // How often the rule has matched: for this consumer if it counts per consumer, otherwise for all.
  std::uint64_t count(const Rule& rule, std::string_view consumer);
  std::uint64_t add_match(const Rule& rule, std::string_view consumer);  // the new count

  // As it is in other replicas; `key`: count_key().
  void put_count(std::string_view key, std::uint64_t count);
  void put_hits(std::uint64_t identity, std::uint64_t count,
                std::chrono::sys_time<std::chrono::milliseconds> last);

  // Of every rule, for people: how often it has matched, for whichever consumer, and when last.
  struct Hits {
    std::uint64_t count = 0;
    std::chrono::sys_time<std::chrono::milliseconds> last{};
  };
  void note_hit(const Rule& rule, std::chrono::sys_time<std::chrono::milliseconds> now);
  Hits hits(const Rule& rule);
  // Whether hits of some rules were dropped, so that none need not mean that there were none.
  bool has_dropped_hits() const { return has_dropped_hits_; }

  std::optional<std::string> state(const Rule& rule, std::string_view consumer, std::string_view name);
  void set_state(const Rule& rule, std::string_view consumer, const NamedState& state);

  void forget_all();

  std::size_t bytes() const { return counts_.bytes() + states_.bytes() + hits_.bytes(); }
  // Drops the least recently used until all take at most `most_bytes`. Returns how many counts and states
  // were dropped since the last call, those dropped because of their number included.
  std::size_t shrink(std::size_t most_bytes) {
    if (hits_.shrink(most_bytes / 4) > 0) has_dropped_hits_ = true;
    most_bytes -= hits_.bytes();
    const auto counts = counts_.shrink(most_bytes - std::min(most_bytes / 2, states_.bytes()));
    return counts + states_.shrink(most_bytes - std::min(most_bytes, counts_.bytes()));
  }

 private:
  BoundedMap<std::uint64_t> counts_;
  BoundedMap<std::string> states_;
  BoundedMap<Hits> hits_;  // by identity
  bool has_dropped_hits_ = false;
};

}  // namespace vault_mock::rules
