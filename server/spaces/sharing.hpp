// Lets a space share its state with those of the same name in other replicas, through a store.
//
// Changes go like this: the change is made from what the memory has, and sent to the store with the versions
// that it was made from. Where the store takes it, the memory takes it over; where another replica was
// faster, the memory is loaded, and the change is made again. (Consumers are changed in memory first, and put
// back where the store does not take it: meanwhile others in this program see the change.) At the end of the
// request, whoever answers it waits until the other replicas have heard of it (settle_changes()).
//
// Threads: as a space, which owns it. Methods that wait for the store hold no lock meanwhile; where it is
// away, they throw StoreAwayError unless they say otherwise.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/decide.hpp"
#include "rules/language/known_names.hpp"
#include "spaces/added_rules.hpp"
#include "spaces/entry_codec.hpp"
#include "spaces/mirror.hpp"
#include "spaces/store.hpp"
#include "text/mutex.hpp"
#include "vault/consumers.hpp"

namespace vault_mock::spaces {

class Space;
struct ResetScope;

// What becomes of requests whose rules count, while the store is away: each replica counts for itself, or
// they are refused.
enum class WithoutStore { counts_locally, refuses };

// How the spaces of this program share. All that is pointed to outlives them.
struct SharingSettings {
  Store* store = nullptr;
  WithoutStore without_store = WithoutStore::counts_locally;
  const rules::KnownNames* names = nullptr;  // for reading rules of other replicas
  ExplanationReader read_explanation;
};

// One consumer that a request used, and what others must know of it.
struct ConsumerUse {
  vault::Consumers::Watched watched;
  std::optional<ValueChange> change;  // before others may use the consumer
  std::vector<StoreEntry> left;       // behind the answer
};

class Sharing {
 public:
  Sharing(Space& space, const SharingSettings& settings) : space_(space), settings_(settings) {}

  Store& store() const { return *settings_.store; }
  Mirror& mirror() { return mirror_; }

  // See Space::refresh(). Takes no lock where nothing is stale.
  bool refresh() { return is_current() || load(); }
  // Where this replica's own row of random numbers begins.
  std::uint64_t row() const { return store().place() * 0xD1B54A32D192ED03; }

  // Loads values that are stale. While the store is away, it leaves the memory as it is, and returns false.
  bool load();
  // Waits until what other replicas had to write is written. → the names of those that are late
  std::vector<std::string> flush() const;
  // Loads all that others know: requests with their hits, sessions and consumers, too. For those who must see
  // everything that came before; to be called after Store::flush().
  void catch_up();
  // Loads the requests that are written by now.
  void load_journal();
  // The same for readers who follow them; of those who ask at about the same time, for one.
  void follow_journal();

  // Begins the change of a value, to nothing yet. To be called before the memory is read for it: what is
  // loaded between the two then is a conflict, and not lost.
  ValueChange change_of(std::string key) const;
  // Makes a change until no other replica is faster. `make` → the change; nothing: there is no need any more
  void change(const std::function<std::optional<StoreChange>()>& make);
  RuleChangeResult add_rule(const AddedRule& rule);
  RuleChangeResult replace_rule(const AddedRule& rule);
  bool remove_rule(std::string_view id);
  void reset(const ResetScope& scope);
  // What became of consumers in the memory. False: another replica was faster, and nothing has changed;
  // `tries`: how often that was so before.
  bool share(std::vector<ConsumerUse> uses, int tries);
  ConsumerUse use_of(vault::Consumers::Watched watched) const;

  // As rules::choose(), with counts and states of all replicas.
  rules::Choice choose(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                       const rules::RequestView& request, const rules::Dice& dice,
                       std::span<const std::size_t> matching);
  // Something that the request in this thread leaves, for leave_entries().
  void append(StoreEntry entry) const;

 private:
  static constexpr int kMostTries = 1'000;  // of a change that others are faster with
  bool is_current() const { return !mirror_.is_stale() && store().is_fresh(); }
  std::optional<StoreChanged> try_change(const StoreChange& change);
  bool take_over(const StoreSnapshot& snapshot, const Mirror::Wanted& wanted);
  void take_over(const StoreChange& change, StoreVersion version);
  bool take_over_if_new(std::string_view key, const StoredValue& value);
  void take_over(std::string_view key, const StoredValue& value);
  void take_over_rule(std::string_view id, const StoredValue& value);
  void take_over_consumer(std::string_view key, const StoredValue& value);
  void undo(std::vector<ConsumerUse> uses);
  void load_counts();
  void load_sessions();
  void load_requests_of_consumers();
  void remember(const rules::Choice& choice, const rules::RequestView& request);

  Space& space_;
  const SharingSettings& settings_;
  Mirror mirror_;
  std::atomic_flag is_following_;
  text::Mutex taking_over_;  // lets only one thread at a time take over values
};

// For a scope in which consumers are used: notes at its end what became of them.
class WatchedUse {
 public:
  WatchedUse(const Sharing& sharing, vault::Consumers& consumers, std::vector<ConsumerUse>& uses)
      : sharing_(sharing), consumers_(consumers), uses_(uses) {
    consumers_.watch();
  }
  ~WatchedUse() {
    for (auto& watched : consumers_.take_watched()) uses_.push_back(sharing_.use_of(std::move(watched)));
  }
  WatchedUse(const WatchedUse&) = delete;
  WatchedUse& operator=(const WatchedUse&) = delete;

 private:
  const Sharing& sharing_;
  vault::Consumers& consumers_;
  std::vector<ConsumerUse>& uses_;
};

// What the request in this thread does, as it is answered by one thread from its begin to its end
// (net/handler.hpp).
//
// Forgets what an earlier one did: a request begins.
void begin_request();
void note_change(std::string_view space, StoreVersion version);
// Waits until all live replicas have heard of what it has changed. → the names of those that have not, in
// time
std::vector<std::string> settle_changes(Store& store);
// Gives the store what it leaves. Never waits.
void leave_entries(Store& store);

}  // namespace vault_mock::spaces
