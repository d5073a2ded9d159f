// A space: isolated state of its own, which nothing in another space can change. It has rules and their
// counts, a clock, randomness, a journal, sessions, consumers with their connections, and a secret that signs
// its tokens. Spaces are the only things that change while the program runs.
//
// Threads: any thread may call every method. Locks are taken in this order; whoever has one may take those
// below it, never those above:
//
//   1. of the registry, for setting rules or for housekeeping (never both)
//   2. of the registry's list of spaces
//   3. of a space, for taking over what other replicas have changed
//   4. of a space's consumers
//   5. of the rest of the space
//   6. of its journal
//   7. of the feed of all spaces
//
// use_consumers() calls a function of the caller under a lock, so that it can read and write in one step.
// Such a function works on what it is given, and may be called again, where another replica was faster. It
// must not call the space, nor anything that takes a lock at the same place or above.
//
// Replicas that share a store (sharing.hpp) have the same spaces. Then methods that change something, and
// catch_up(), wait for the store, with no lock held, and throw StoreAwayError where it is away.
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
#include "spaces/change.hpp"
#include "spaces/clock.hpp"
#include "spaces/generator.hpp"
#include "spaces/journal.hpp"
#include "spaces/previous_rule_books.hpp"
#include "spaces/retry_watch.hpp"
#include "spaces/sharing.hpp"
#include "spaces/space_name.hpp"
#include "text/mutex.hpp"
#include "vault/consumers.hpp"
#include "vault/oauth_settings.hpp"
#include "vault/sessions.hpp"

namespace vault_mock::spaces {

// What every new space starts with.
struct SpaceDefaults {
  std::shared_ptr<const rules::RuleBook> rules;
  std::string secret;      // signs the session tokens of the default space; others derive their own from it
  std::uint64_t seed = 0;  // of everything random in the default space; others derive their own likewise
  Clock clock;
  Journal::Bounds journal = {};
  std::shared_ptr<Ledger> ledger = nullptr;  // of the program; null: the space has one of its own
  vault::OAuthSettings oauth = {};
  std::shared_ptr<Feed> feed = nullptr;                      // of all spaces; null: its requests are in none
  std::shared_ptr<const SharingSettings> sharing = nullptr;  // null: no replica has this space, too
};

// Which parts of a space a reset clears.
struct ResetScope {
  bool rules = false;     // those added at run time
  bool counters = false;  // how often rules matched, and their states
  bool journal = false;
  bool clock = false;
  bool sessions = false;  // with their revocations, and with all consumers and their connections
  bool oauth = false;     // how authorizing goes
};

// A rule as it is at work in a space.
struct RuleStatus {
  rules::RuleState::Hits hits;
  std::optional<std::uint64_t> remaining;  // of `times`; nothing: it has no limit, or one for each consumer
  rules::RuleSwitch rule_switch;
  bool may_lack_hits = false;  // some were dropped for want of memory
};

class Space {
 public:
  // `dropped_before`: how many requests were in the journal of a space of the same name that was dropped.
  Space(std::string name, SpaceDefaults defaults, std::uint64_t dropped_before = 0);

  const std::string& name() const { return name_; }
  // Tokens of one space are not accepted in another: each signs with a secret of its own.
  const std::string& secret() const { return secret_; }

  // Time and chance
  // ------------------------------------------------------------------------------------------------

  // The time and the randomness of one request, taken in one step.
  struct Moment {
    Time now;
    Generator generator;  // the n-th request after set_seed() always gets the same
  };
  Moment begin(Time wall);
  // When that last was, by the wall clock; nothing: no request has come yet.
  std::optional<Time> last_used() const;

  Time now(Time wall) const;
  Clock clock() const;
  // Makes the clock what `change` makes of it: of two clients that advance it at once, neither loses its
  // step. → the clock then; nothing: `change` returned false, and nothing has changed
  std::optional<Clock> change_clock(const std::function<bool(Clock&)>& change);
  std::uint64_t seed() const;
  void set_seed(std::uint64_t seed);

  // Rules
  // ---------------------------------------------------------------------------------------------------------

  // What the first matching rule of `book` replies. The lock is taken only to move counts and states on:
  // conditions are evaluated and answers are rendered without it.
  rules::Decision decide(const rules::RuleBook& book, const rules::RequestView& request, rules::Phase phase,
                         const rules::Dice& dice);

  // All rules: those added at run time, newest first, then those of the files. After a change, the book is
  // made when it is first asked for.
  std::shared_ptr<const rules::RuleBook> rules();
  // Replaces the rules of the files, from the next request on.
  void set_file_rules(std::shared_ptr<const rules::RuleBook> rules);
  std::shared_ptr<const rules::RuleBook> file_rules() const;
  std::vector<AddedRule> added_rules() const;  // newest first
  std::optional<AddedRule> find_rule(std::string_view id) const;
  std::size_t count_rules() const;
  // A new id, which no added rule has at present, drawn from the space's randomness.
  std::string new_rule_id();
  RuleChangeResult add_rule(AddedRule rule);
  RuleChangeResult replace_rule(AddedRule rule);
  bool remove_rule(std::string_view id);  // false: there is no rule of that id
  // Of a rule of this space, added or of a file.
  RuleStatus rule_status(const rules::Rule& rule);
  // False: RuleSwitches::kMost rules are switched already.
  bool switch_rule(const rules::Rule& rule, const rules::RuleSwitch& value);

  // Sessions
  // -------------------------------------------------------------------------------------------------------

  void add_session(vault::Session session);
  // A session that is not known is added.
  void end_session(vault::Session session, vault::SessionState how);
  // How it was ended before its time; nothing: it was not.
  std::optional<vault::SessionState> end_of(std::string_view token) const;
  std::optional<vault::Session> find_session(std::string_view token) const;
  std::vector<vault::Session> sessions() const;  // newest first
  std::size_t count_sessions() const;

  vault::OAuthSettings oauth() const;
  // Those after the change (vault::changed).
  vault::OAuthSettings change_oauth(const nlohmann::json& changes);

  // Calls `use` with the consumers and their connections, under their lock (see above).
  template <typename Use>
  auto use_consumers(const Use& use) {
    if (!sharing_) {
      const text::MutexLock lock(consumers_mutex_);
      consumers_.set_room(account_.room());
      const Measured measured{consumers_, *this};
      return use(consumers_);
    }
    for (int tries = 0;; ++tries) {
      std::vector<ConsumerUse> uses;
      if constexpr (std::is_void_v<decltype(use(std::declval<vault::Consumers&>()))>) {
        use_watched(use, uses);
        if (sharing_->share(std::move(uses), tries)) return;
      } else {
        auto result = use_watched(use, uses);
        if (sharing_->share(std::move(uses), tries)) return result;
      }
    }
  }

  // Replicas
  // ------------------------------------------------------------------------------------------------------

  // Null: no other replica has this space.
  Sharing* sharing() const { return sharing_.get(); }
  // Loads what others have changed, before a request is answered. Mostly there is nothing to load. False: the
  // store is away, and others may have changed what this memory does not know.
  bool refresh() { return !sharing_ || sharing_->refresh(); }
  // Loads what requests to other replicas have left here, down to the last one. Throws StoreAwayError.
  void catch_up() {
    if (sharing_) sharing_->flush(), sharing_->catch_up();
  }
  // A request was answered. Where replicas share, it is in the journal after Sharing::load_journal().
  void record(const Entry& entry);

  // ---------------------------------------------------------------------------------------------------------

  Journal& journal() { return journal_; }
  // A request was answered with a status that clients retry. Something: its client does so by itself.
  std::optional<RetryWatch::Retries> note_failed(const RetryWatch::Failed& failed);
  // How many requests its journal has and has dropped, together.
  std::uint64_t count_entries() const { return journal_.size() + journal_.dropped(); }
  void reset(const ResetScope& scope);

  // Tells readers of the feed to look at the rules again: their files have a mistake now. Takes no lock.
  void tell_of_rules() { changes_.note(Change::rules); }
  // Takes no lock.
  ChangeCounts changes() const { return changes_.counts(); }
  // A number that is another one after each request, each change, and each time the journal was cleared.
  std::uint64_t news() const;

  const Account& account() const { return account_; }
  // Whether it has something that a client set up: rules added at run time, connections, a clock that was
  // moved, a seed, how authorizing goes, or rules that were switched. Takes no lock.
  bool is_worth_keeping() const {
    return account_.used(Part::rules) + account_.used(Part::connections) > 0 || clock_is_moved_ ||
           seed_is_set_ || oauth_is_set_ || has_rule_switches_;
  }
  // Whether it has nothing that a new space of its name would not have.
  bool is_as_new() const;
  // Drops the journal, the sessions, consumers without connections, and previous rule books.
  void evict_transient();

 private:
  rules::Choice choose(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                       const rules::RequestView& request, const rules::Dice& dice,
                       std::span<const std::size_t> matching);
  // Charges the account with the size of the consumers, and notes whether connections changed, at the end
  // of its scope.
  struct Measured {
    vault::Consumers& consumers;
    Space& space;
    ~Measured();
  };

  friend class Sharing;
  template <typename Use>
  auto use_watched(const Use& use, std::vector<ConsumerUse>& uses) {
    const text::MutexLock lock(consumers_mutex_);
    consumers_.set_room(account_.room());
    const Measured measured{consumers_, *this};
    const WatchedUse watched(*sharing_, consumers_, uses);
    return use(consumers_);
  }

  void reset_memory(const ResetScope& scope);
  void put_clock(const Clock& clock) REQUIRES(mutex_);
  void put_oauth(const vault::OAuthSettings& settings) REQUIRES(mutex_);
  void put_seed(std::optional<std::uint64_t> seed);  // nothing: that of a new space
  void end_known_session(vault::Session session, vault::SessionState how);
  std::uint64_t serial_of(std::string_view rule_id) const;
  bool remove_known_rule(std::string_view id) REQUIRES(mutex_);
  RuleChangeResult noted(RuleChangeResult result) REQUIRES(mutex_);
  void set_rule_switches(rules::RuleSwitches switches) REQUIRES(mutex_);
  void note_change_of_rules() REQUIRES(mutex_);
  void charge_sessions(std::size_t forgotten, bool by_bytes) REQUIRES(mutex_);
  Generator generator_of_next() REQUIRES(mutex_);

  const std::string name_;
  const std::string secret_;
  const Clock first_clock_;
  const vault::OAuthSettings first_oauth_;
  const std::uint64_t first_seed_;
  const std::unique_ptr<Sharing> sharing_;  // null: no other replica has this space
  const std::uint64_t dropped_before_;
  Account account_;
  ChangeCounters changes_;
  Journal journal_;
  std::atomic<bool> clock_is_moved_ = false, seed_is_set_ = false, oauth_is_set_ = false,
                    has_rule_switches_ = false;

  mutable text::Mutex mutex_;  // protects the following
  std::uint64_t seed_ GUARDED_BY(mutex_);
  std::uint64_t requests_ GUARDED_BY(mutex_) = 0;
  std::optional<Time> last_used_ GUARDED_BY(mutex_);
  Clock clock_ GUARDED_BY(mutex_);
  vault::OAuthSettings oauth_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> file_rules_ GUARDED_BY(mutex_);
  AddedRules added_rules_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleBook> rules_
      GUARDED_BY(mutex_);  // made of the two; null: to be made again
  std::shared_ptr<const rules::RuleBook> last_rules_ GUARDED_BY(mutex_);  // those before, while that is so
  PreviousRuleBooks previous_rule_books_ GUARDED_BY(mutex_);
  rules::RuleState rule_state_ GUARDED_BY(mutex_);
  std::shared_ptr<const rules::RuleSwitches> rule_switches_ GUARDED_BY(mutex_) =
      std::make_shared<const rules::RuleSwitches>();
  vault::Sessions sessions_ GUARDED_BY(mutex_);
  RetryWatch retry_watch_ GUARDED_BY(mutex_);

  text::Mutex consumers_mutex_;  // protects the following
  vault::Consumers consumers_ GUARDED_BY(consumers_mutex_);
};

}  // namespace vault_mock::spaces
