// Which values of a space its memory has from the store, with their versions, and which of them are stale.
//
// Threads: any thread may call every method. Its lock is held for a moment only and nothing else is locked
// under it, so that threads of a store may mark what has changed at any time.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spaces/store.hpp"
#include "text/mutex.hpp"

namespace vault_mock::spaces {

class Mirror {
 public:
  // What is to be loaded from the store.
  struct Wanted {
    bool all = true;
    std::vector<std::string> keys;  // where it is not all
    std::uint64_t marks = 0;        // how often something was marked before
    StoreVersion at_least = 0;      // of the space: what was loaded before. Less: the store went back in time
  };

  // Whether something must be loaded before the memory may be used. Takes no lock. Of a new mirror all is
  // stale.
  bool is_stale() const { return is_stale_.load(std::memory_order_acquire); }

  // These values have another version than this mirror, or may have. No keys: any value.
  void mark(std::span<const std::string> keys);
  void mark_all() { mark({}); }
  Wanted wanted() const;
  // What was wanted has been taken over.
  void loaded(const Wanted& wanted);

  // The version that a change of this value is made from; 0: there is none, or it is not known.
  StoreVersion version_of(std::string_view key) const;
  // Whether the memory is to take over this value. False: it has that version, or a newer one.
  bool is_new(std::string_view key, const StoredValue& value) const;
  // It has done so. One thread at a time takes over.
  void took_over(std::string_view key, const StoredValue& value);
  // Those that the memory has, whose keys are not in `present`.
  std::vector<std::string> missing_in(const std::set<std::string_view>& present) const;
  // The memory has something else than the store: it takes over whatever version comes next.
  void forget(std::string_view key);
  void forget_all(std::string_view prefix);  // of keys that begin so

  // Of what was loaded last.
  StoreVersion generation() const;
  // → whether the space was removed since it was last loaded, or the store went back to an older state: all
  // that the memory has is of the former
  bool begins_anew(const StoreSnapshot& snapshot, const Wanted& wanted);

 private:
  struct Known {
    StoreVersion version = 0;
    bool exists = false;  // false: it was removed at that version
  };
  // More values than this are loaded at once with all others.
  static constexpr std::size_t kMostKeys = 64;

  std::atomic<bool> is_stale_ = true;

  mutable text::Mutex mutex_;  // protects the following
  bool all_is_stale_ GUARDED_BY(mutex_) = true;
  std::set<std::string, std::less<>> stale_ GUARDED_BY(mutex_);
  std::uint64_t marks_ GUARDED_BY(mutex_) = 0;
  std::map<std::string, Known, std::less<>> known_ GUARDED_BY(mutex_);
  StoreVersion generation_ GUARDED_BY(mutex_) = 0, version_ GUARDED_BY(mutex_) = 0;
};

}  // namespace vault_mock::spaces
