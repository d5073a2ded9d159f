// An isolated world: its own rules, rule state, clock, randomness, journal, sessions and signing secret. The
// only thing that changes while the program runs; every method may be called by any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/decide.hpp"
#include "rules/rule_book.hpp"
#include "rules/rule_state.hpp"
#include "spaces/clock.hpp"
#include "spaces/generator.hpp"
#include "spaces/journal.hpp"
#include "spaces/mutex.hpp"
#include "vault/consumers.hpp"
#include "vault/sessions.hpp"

namespace vault_mock::spaces {

// What a new space starts with.
struct Beginning {
  std::shared_ptr<const rules::RuleBook> rules;
  std::string secret;      // signs the session tokens of the default space; others derive their own from it
  std::uint64_t seed = 0;  // of everything random in the default space; others derive their own likewise
  Clock clock;
  Journal::Bounds journal;
};

constexpr std::string_view kDefaultSpace = "default";

// A rule added at run time.
struct AddedRule {
  std::string id;
  std::shared_ptr<const rules::Rule> rule;
};

// What a reset takes back.
struct ResetScope {
  bool rules = false;     // those added at run time
  bool counters = false;  // how often rules matched, and their states
  bool journal = false;
  bool clock = false;
  bool sessions = false;  // revocations are forgotten too; likewise consumers and their connections
};

class Space {
 public:
  Space(std::string name, Beginning beginning);

  const std::string& name() const { return name_; }
  // Tokens of one space are not accepted in another: each signs with a secret of its own.
  const std::string& secret() const { return secret_; }

  // Time and chance
  // ------------------------------------------------------------------------------------------------

  // What a request meets on its arrival.
  struct Moment {
    Time now;
    Generator generator;  // as next_generator()
  };
  Moment begin(Time wall);

  Time now(Time wall) const;
  Clock clock() const;
  void set_clock(const Clock& clock);
  // Randomness for one request: the n-th request after a seeding always gets the same.
  Generator next_generator();
  std::uint64_t seed() const;
  void set_seed(std::uint64_t seed);

  // Rules
  // ----------------------------------------------------------------------------------------------------------

  // What the first matching rule of `book` replies. Counts and states move on under a lock, which is not
  // taken where no rule can match.
  rules::Decision decide(const rules::RuleBook& book, const rules::Subject& subject, rules::Phase phase,
                         const rules::Dice& dice);

  // Those added at run time, newest first, and below them those of the files.
  std::shared_ptr<const rules::RuleBook> rules() const;
  // Those of the files, from the next request on.
  void set_file_rules(std::shared_ptr<const rules::RuleBook> rules);
  std::vector<AddedRule> added_rules() const;  // newest first
  void add_rule(AddedRule rule);
  bool replace_rule(const AddedRule& rule);  // false: there is none of that id
  bool remove_rule(std::string_view id);     // likewise

  // Sessions
  // -------------------------------------------------------------------------------------------------------

  void add_session(vault::Session session);
  bool is_revoked(std::string_view token) const;
  std::optional<vault::Session> find_session(std::string_view token) const;
  std::vector<vault::Session> sessions() const;  // newest first

  // ----------------------------------------------------------------------------------------------------------------

  Journal& journal() { return journal_; }
  void reset(const ResetScope& scope);

  // When it was last asked for, as the registry counts.
  std::atomic<std::uint64_t> last_used = 0;

  // Runs `use` on the consumers and their connections, which nobody else touches meanwhile.
  template <typename Use>
  decltype(auto) use_consumers(Use&& use) {
    const MutexLock lock(consumers_mutex_);
    return use(consumers_);
  }

 private:
  void rebuild_rules() REQUIRES(mutex_);
  Generator generator_of_next() REQUIRES(mutex_);

  const std::string name_;
  const std::string secret_;
  const Clock first_clock_;
  Journal journal_;

  mutable Mutex mutex_;  // protects the following
  std::uint64_t seed_ GUARDED_BY(mutex_);
  std::uint64_t requests_ GUARDED_BY(mutex_) = 0;
  Clock clock_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> file_rules_ GUARDED_BY(mutex_);
  std::vector<AddedRule> added_rules_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> rules_ GUARDED_BY(mutex_);  // made of the two
  rules::RuleState rule_state_ GUARDED_BY(mutex_);
  vault::Sessions sessions_ GUARDED_BY(mutex_);

  Mutex consumers_mutex_;  // protects the following
  vault::Consumers consumers_ GUARDED_BY(consumers_mutex_);
};

}  // namespace vault_mock::spaces
