// An isolated world: its own rules, rule state, clock, randomness, journal, sessions and signing secret. The
// only thing that changes while the program runs; every method may be called by any thread.
//
// Locks are taken in this order, each only while none that comes after it is held:
//
//   1. of the registry: for setting rules, or for tending; never both
//   2. of the registry's spaces
//   3. of a space's consumers
//   4. of the rest of the space
//   5. of its journal
//
// Two functions of others run under a lock, those given to change_clock() and use_consumers(): what they read
// and what they write must be one step, or of two clients that advance the clock together one would lose its
// step. They get what they change and nothing else to lock: neither they nor what they call may come back to
// the space with a lock of the same place or an earlier one.
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
#include "spaces/added_rules.hpp"
#include "spaces/budget.hpp"
#include "spaces/clock.hpp"
#include "spaces/generator.hpp"
#include "spaces/journal.hpp"
#include "spaces/old_books.hpp"
#include "text/mutex.hpp"
#include "vault/consumers.hpp"
#include "vault/sessions.hpp"

namespace vault_mock::spaces {

// What a new space starts with.
struct Beginning {
  std::shared_ptr<const rules::RuleBook> rules;
  std::string secret;      // signs the session tokens of the default space; others derive their own from it
  std::uint64_t seed = 0;  // of everything random in the default space; others derive their own likewise
  Clock clock;
  Journal::Bounds journal = {};
  std::shared_ptr<Ledger> ledger = nullptr;  // of the program; null: the space has one of its own
};

constexpr std::string_view kDefaultSpace = "default";

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
  // `lost`: how many entries a space of that name had in its journal, when there was one and it was dropped.
  Space(std::string name, Beginning beginning, std::uint64_t lost = 0);

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
  // Runs `change` on the clock, which nobody else reads or changes meanwhile: under the lock, so it calls
  // nothing of the space.
  template <typename Change>
  decltype(auto) change_clock(Change&& change) {
    const text::MutexLock lock(mutex_);
    const Watched watched{clock_, first_clock_, clock_is_moved_};
    return change(clock_);
  }
  // Randomness for one request: the n-th request after a seeding always gets the same.
  Generator next_generator();
  std::uint64_t seed() const;
  void set_seed(std::uint64_t seed);

  // Rules
  // ----------------------------------------------------------------------------------------------------------

  // What the first matching rule of `book` replies. Conditions are asked and answers filled in without the
  // lock, under which only counts and states move on; where no rule matches, it is not taken.
  rules::Decision decide(const rules::RuleBook& book, const rules::RequestView& request, rules::Phase phase,
                         const rules::Dice& dice);

  // Those added at run time, newest first, and below them those of the files. Made when first asked for after
  // a change.
  std::shared_ptr<const rules::RuleBook> rules();
  // Those of the files, from the next request on.
  void set_file_rules(std::shared_ptr<const rules::RuleBook> rules);
  std::shared_ptr<const rules::RuleBook> file_rules() const;
  std::vector<AddedRule> added_rules() const;  // newest first
  std::optional<AddedRule> find_rule(std::string_view id) const;
  std::size_t count_rules() const;
  // An id that no added rule has at present, drawn from the space's randomness.
  std::string new_rule_id();
  Adding add_rule(AddedRule rule);
  Adding replace_rule(AddedRule rule);
  bool remove_rule(std::string_view id);  // false: there is none of that id

  // Sessions
  // -------------------------------------------------------------------------------------------------------

  void add_session(vault::Session session);
  // Adds it when it is not known.
  void revoke_session(vault::Session session);
  bool is_revoked(std::string_view token) const;
  std::optional<vault::Session> find_session(std::string_view token) const;
  std::vector<vault::Session> sessions() const;  // newest first
  std::size_t count_sessions() const;

  // Runs `use` on the consumers and their connections, which nobody else touches meanwhile.
  template <typename Use>
  decltype(auto) use_consumers(Use&& use) {
    const text::MutexLock lock(consumers_mutex_);
    consumers_.set_room(account_.room());
    const Measured measured{consumers_, account_};
    return use(consumers_);
  }

  // ----------------------------------------------------------------------------------------------------------------

  Journal& journal() { return journal_; }
  // How many entries its journal has, and has dropped.
  std::uint64_t count_entries() const { return journal_.size() + journal_.dropped(); }
  void reset(const ResetScope& scope);

  const Account& account() const { return account_; }
  // Whether it has what a client would miss: rules added at run time, connections, a clock that was moved, or
  // a seed that was set. Takes no lock.
  bool holds() const {
    return account_.used(Part::rules) + account_.used(Part::connections) > 0 || clock_is_moved_ ||
           seed_is_set_;
  }
  // Gives back all that passes: the journal, sessions, consumers without
  // connections.
  void shed();

 private:
  rules::Choice choose(const rules::RuleBook& book, const rules::RequestView& request,
                       const rules::Dice& dice, std::span<const std::size_t> matching);
  // Charges what became of the consumers at the end of its scope.
  struct Measured {
    vault::Consumers& consumers;
    Account& account;
    ~Measured();
  };

  // Notes at the end of its scope whether the clock is another than it was at first.
  struct Watched {
    const Clock& clock;
    const Clock& first;
    std::atomic<bool>& is_moved;
    ~Watched() { is_moved = clock != first; }
  };

  Adding noted(Adding result) REQUIRES(mutex_);
  void note_change_of_rules() REQUIRES(mutex_);
  void charge_sessions(std::size_t forgotten, bool by_bytes) REQUIRES(mutex_);
  Generator generator_of_next() REQUIRES(mutex_);

  const std::string name_;
  const std::string secret_;
  const Clock first_clock_;
  Account account_;
  Journal journal_;
  std::atomic<bool> clock_is_moved_ = false, seed_is_set_ = false;

  mutable text::Mutex mutex_;  // protects the following
  std::uint64_t seed_ GUARDED_BY(mutex_);
  std::uint64_t requests_ GUARDED_BY(mutex_) = 0;
  Clock clock_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> file_rules_ GUARDED_BY(mutex_);
  AddedRules added_rules_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> rules_ GUARDED_BY(mutex_);  // made of the two; null: to be made anew
  std::shared_ptr<const rules::RuleBook> last_rules_ GUARDED_BY(mutex_);  // those before, while that is so
  OldBooks old_books_ GUARDED_BY(mutex_);
  rules::RuleState rule_state_ GUARDED_BY(mutex_);
  vault::Sessions sessions_ GUARDED_BY(mutex_);

  text::Mutex consumers_mutex_;  // protects the following
  vault::Consumers consumers_ GUARDED_BY(consumers_mutex_);
};

}  // namespace vault_mock::spaces
