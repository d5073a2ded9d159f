// All spaces of the process by name, and the memory that they share.
#pragma once

#include <array>
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

// Bounded in number: of more than `most_spaces` named ones, one that was not used for longest goes, never one
// that somebody holds. Those with rules added at run time, with connections, a moved clock or a seed that was
// set (Space::holds) count as used four times as lately as they were, so that they outlive many that have
// none.
//
// Bounded in bytes by the ledger: see tend().
//
// What a dropped space had in its journal is remembered by number, for the last 100,000 names, as far as 1/32
// of the program's memory goes: a space made anew under such a name knows that it does not know all.
//
// Threads: every method may be called by any.
class Registry {
 public:
  // Without a ledger in `beginning`, one of the default limits is made.
  Registry(Beginning beginning, std::size_t most_spaces);

  // The space of that name, made when it is not there. The caller's hold keeps it alive, whatever becomes of
  // it here.
  std::shared_ptr<Space> get(std::string_view name);
  // Null: there is none of that name.
  std::shared_ptr<Space> find(std::string_view name);
  // One of that name and with what all begin with, for who only looks: nobody else will see it.
  std::shared_ptr<Space> passing(std::string_view name) const;
  const std::shared_ptr<Space>& default_space() const { return default_; }

  // The named ones, by name; the default space is not among them.
  std::vector<std::shared_ptr<Space>> named() const;
  bool remove(std::string_view name);  // false: there is none of that name
  std::size_t most_spaces() const { return most_spaces_; }

  // What spaces start with from now on, and what those that are there use from their next request on.
  void set_rules(const std::shared_ptr<const rules::RuleBook>& rules);
  std::shared_ptr<const rules::RuleBook> rules() const;

  const Ledger& ledger() const { return *ledger_; }
  // Whether tend() has something to do: to be asked after each request, it costs next to nothing.
  bool needs_tending() const { return ledger_->is_over() || ledger_->has_news(); }
  // Brings the program below its limit: spaces give back all that passes (Space::shed), those first that are
  // above their own limit, and then those that were not used for longest; where that is not enough, spaces
  // go. → what is to be said of losses, a sentence each: each kind for the 1st, the 10th, the 100th … time.
  // Empty, and nothing is done, while another thread is at it.
  std::vector<std::string> tend();

 private:
  struct Known {
    std::shared_ptr<Space> space;
    std::uint64_t last_used;
    bool holds;  // as it was when it was last used
  };
  using Used = std::list<Known>;  // that was not used for longest first

  std::shared_ptr<Space> use(Used::iterator known) REQUIRES(mutex_);
  // The one that was dropped, for the caller to free outside the lock; null: somebody holds each.
  // It is counted as `cause`.
  std::shared_ptr<Space> drop_one(Loss cause) REQUIRES(mutex_);
  // The first that nobody holds; end(): none.
  Used::iterator first_free(Used& used) REQUIRES(mutex_);
  // Spaces give back what passes until all together have no more than that, in bytes.
  void shed_until(std::size_t enough);
  void remember_lost(std::string_view name, std::uint64_t lost) REQUIRES(mutex_);
  std::uint64_t lost_of(std::string_view name) const REQUIRES(mutex_);
  // All of them, those not used for longest first, the default space last.
  std::vector<std::shared_ptr<Space>> by_use() const;

  const std::shared_ptr<Ledger> ledger_;
  const std::size_t most_spaces_;

  mutable text::Mutex mutex_;  // protects the following
  Beginning beginning_ GUARDED_BY(mutex_);
  Used empty_ GUARDED_BY(mutex_), holding_ GUARDED_BY(mutex_);
  std::map<std::string_view, Used::iterator, std::less<>> named_ GUARDED_BY(mutex_);  // views into the spaces
  std::uint64_t uses_ GUARDED_BY(mutex_) = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> lost_ GUARDED_BY(mutex_);  // by the hashes of names
  std::deque<std::uint64_t> lost_names_ GUARDED_BY(mutex_);                   // oldest first

  text::Mutex setting_mutex_;  // lets only one thread set rules at a time: no space is left with former ones

  text::Mutex news_mutex_;  // protects the following; also lets only one thread tend at a time
  std::array<std::uint64_t, kLosses> told_ GUARDED_BY(news_mutex_) = {};

  const std::shared_ptr<Space> default_;
};

}  // namespace vault_mock::spaces
