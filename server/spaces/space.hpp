// An isolated world: its own rules, rule state, clock, randomness and signing secret. The only thing that
// changes while the program runs; every method may be called by any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "rules/decide.hpp"
#include "rules/rule_book.hpp"
#include "rules/rule_state.hpp"
#include "spaces/clock.hpp"
#include "spaces/generator.hpp"
#include "spaces/mutex.hpp"

namespace vault_mock::spaces {

// What a new space starts with.
struct Beginning {
  std::shared_ptr<const rules::RuleBook> rules;
  std::string secret;      // signs the session tokens of the default space; others derive their own from it
  std::uint64_t seed = 0;  // of everything random in it
  Clock clock;
};

constexpr std::string_view kDefaultSpace = "default";

class Space {
 public:
  Space(std::string name, Beginning beginning);

  const std::string& name() const { return name_; }
  // Tokens of one space are not accepted in another: each signs with a secret of its own.
  const std::string& secret() const { return secret_; }

  // The space's time when the wall clock shows `wall`.
  Time now(Time wall) const;
  // Randomness for one request: the n-th request of a seeded space always gets the same.
  Generator next_generator();

  // What the first matching rule of `book` replies. Counts and states move on under a lock.
  rules::Decision decide(const rules::RuleBook& book, const rules::Subject& subject, rules::Phase phase,
                         const rules::Dice& dice);

  std::shared_ptr<const rules::RuleBook> rules() const;
  // From the next request on. Counters of rules that stay the same are kept.
  void set_rules(std::shared_ptr<const rules::RuleBook> rules);

 private:
  const std::string name_;
  const std::string secret_;
  const std::uint64_t seed_;

  mutable Mutex mutex_;  // protects the following
  std::uint64_t requests_ GUARDED_BY(mutex_) = 0;
  Clock clock_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> rules_ GUARDED_BY(mutex_);
  rules::RuleState rule_state_ GUARDED_BY(mutex_);
};

}  // namespace vault_mock::spaces
