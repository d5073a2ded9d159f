// All spaces of the process by name, and the memory that they share.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spaces/budget.hpp"
#include "spaces/space.hpp"

namespace vault_mock::spaces {

// At most `most_spaces` named spaces: for one more, the least recently used one that no request uses at
// present is dropped. Spaces that are worth keeping (Space::is_worth_keeping) count as four times as recently
// used, so that they outlive many that are not.
//
// The memory of all spaces is bounded by the ledger: see do_housekeeping().
//
// Of a dropped space the registry remembers how many requests its journal had, for the last 100,000 names and
// within 1/32 of the program's memory. A space that is made again under such a name can then say that
// requests were dropped.
//
// Threads: any thread may call every method.
//
// Where replicas share a store, it is told what others change. A named space that this program does not have
// is then looked for in the store.
class Registry final : public StoreListener {
 public:
  // Without a ledger in `defaults`, one with the default limits is made.
  Registry(SpaceDefaults defaults, std::size_t most_spaces);

  // The space of that name; it is made when there is none. Whoever has the pointer can use the space, even
  // when the registry has removed it meanwhile.
  std::shared_ptr<Space> get(std::string_view name);
  // Null: there is no space of that name.
  std::shared_ptr<Space> find(std::string_view name);
  // A passing space: a new one of that name that the registry does not keep. It is for a request that only
  // reads where there is no space, or of which it shows in the end whether it leaves something there.
  std::shared_ptr<Space> passing_space(std::string_view name) const;
  // Keeps a passing space from now on. False: meanwhile there is one of that name.
  bool keep(std::shared_ptr<Space> space);
  const std::shared_ptr<Space>& default_space() const { return default_; }

  // The default space first, then the named ones by name.
  std::vector<std::shared_ptr<Space>> all() const;
  // False: there is none of that name. Throws StoreAwayError.
  bool remove(std::string_view name);
  std::size_t most_spaces() const { return most_spaces_; }

  // Sets the rules of the files: for new spaces, and for those that exist, from their next request on.
  void set_rules(const std::shared_ptr<const rules::RuleBook>& rules);
  // The rules stay, but their files could not be read again (Space::tell_of_rules).
  void tell_of_rules();
  std::shared_ptr<const rules::RuleBook> rules() const;

  // The requests of all spaces that it keeps.
  const Feed& feed() const { return *feed_; }
  // How many spaces have come and gone. Takes no lock.
  std::uint64_t turnover() const { return turnover_; }

  // Null: no replica shares the spaces.
  const SharingSettings* sharing() const { return sharing_.get(); }
  // Makes this program know what all replicas know, down to the last request: of that space, or of all (null).
  // Throws StoreAwayError. → the names of replicas whose last requests may be missing
  std::vector<std::string> catch_up(Space* space);
  // Loads the requests that are written by now, of that space or of all (null); of those who ask at about the
  // same time, for one. While the store is away, it does nothing.
  void follow(Space* space);
  void on_changed(std::string_view space, StoreVersion version, std::span<const std::string> keys) override;
  void on_missed() override;

  const Ledger& ledger() const { return *ledger_; }
  // Whether do_housekeeping() has something to do. Cheap: it is asked after each request.
  bool needs_housekeeping() const { return ledger_->is_over() || ledger_->has_unreported_drops(); }
  // Brings the program below its limit. Spaces evict what is transient (Space::evict_transient): first those
  // above their own limit, then the least recently used. When that is not enough, whole spaces are dropped.
  //
  // → sentences for the log about what was dropped: one for each kind, when its count has reached 1, 10, 100
  // … While another thread does this, it returns at once, with nothing.
  std::vector<std::string> do_housekeeping();

 private:
  struct Known {
    std::shared_ptr<Space> space;
    std::uint64_t last_used;
    bool worth_keeping;  // as it was when it was last used
  };
  using Used = std::list<Known>;  // the least recently used first

  std::shared_ptr<Space> use(Used::iterator known) REQUIRES(mutex_);
  // → the one that had to make room, for the caller to free outside the lock; null: none had to.
  std::shared_ptr<Space> insert(std::shared_ptr<Space> space) REQUIRES(mutex_);
  // Drops one space and counts it as `cause`. The caller frees it outside the lock; null: all are in use.
  std::shared_ptr<Space> drop_one(DropKind cause) REQUIRES(mutex_);
  std::shared_ptr<Space> find_known(std::string_view name);
  // The spaces of the store, as many as there may be here; those that are gone from there are dropped.
  std::vector<std::shared_ptr<Space>> stored_spaces();
  bool drop(std::string_view name);
  // The first that is not in use; end(): none.
  Used::iterator first_free(Used& used) REQUIRES(mutex_);
  // Evicts what is transient, space by space, until all together take no more than `enough` bytes.
  void evict_until(std::size_t enough);
  void remember_dropped_requests(std::string_view name, std::uint64_t dropped) REQUIRES(mutex_);
  std::uint64_t dropped_requests_of(std::string_view name) const REQUIRES(mutex_);
  // All spaces, the least recently used first, the default space last.
  std::vector<std::shared_ptr<Space>> by_use() const;

  const std::shared_ptr<const SharingSettings> sharing_;
  const std::shared_ptr<Ledger> ledger_;
  const std::shared_ptr<Feed> feed_;
  const std::size_t most_spaces_;
  std::atomic<std::uint64_t> turnover_{0};

  mutable text::Mutex mutex_;  // protects the following
  SpaceDefaults defaults_ GUARDED_BY(mutex_);
  Used disposable_ GUARDED_BY(mutex_), worth_keeping_ GUARDED_BY(mutex_);
  std::map<std::string_view, Used::iterator, std::less<>> named_ GUARDED_BY(mutex_);  // views into the spaces
  std::uint64_t uses_ GUARDED_BY(mutex_) = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> dropped_requests_
      GUARDED_BY(mutex_);                                       // by the hashes of names
  std::deque<std::uint64_t> dropped_names_ GUARDED_BY(mutex_);  // oldest first

  // Lets only one thread at a time set rules or keep a passing space, so that no space keeps older rules.
  text::Mutex setting_mutex_;

  text::Mutex housekeeping_mutex_;  // protects the following; also lets only one thread do it at a time
  std::array<std::uint64_t, kDropKinds> reported_ GUARDED_BY(housekeeping_mutex_) = {};

  std::atomic_flag is_following_;  // of all spaces

  const std::shared_ptr<Space> default_;
};

}  // namespace vault_mock::spaces
