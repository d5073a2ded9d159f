// What replicas of the mock share: a place outside of the process that has the state of all spaces.
//
// A space always answers from its own memory. Without a store that is all there is. With one, the memory of a
// space is a mirror of what the store has:
//
//   values     what clients set up: rules added at run time, rule switches, clock, seed, how authorizing
//   goes,
//              consumers with their connections, sessions ended before their time. Each has a key and a
//              version. A change names the versions that it was made from. Where another replica was faster,
//              nothing has happened (a conflict): the mirror is loaded again, and the change made again.
//   counts     how often rules matched, and named states. Those that decide an answer are in the store alone:
//              take() moves them on in one step.
//   what requests leave   journal, hits, sessions, requests of consumers. append() writes it behind the
//   answer.
//
// Replicas tell each other which values have changed (StoreListener). Versions only grow, even when a space
// is removed and made again.
//
// Threads: any thread may call everything here. Whatever returns a StoreReply waits for the store, bounded:
// nobody may hold a lock meanwhile. The others never wait.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "spaces/clock.hpp"

namespace vault_mock::spaces {

// The store did not answer; whether it did what was asked is not known.
struct StoreAway {
  std::string why;  // "redis://cache:6379: connection refused"
};
template <typename T>
using StoreReply = tl::expected<T, StoreAway>;

// What Space throws where it can neither do what it was asked for, nor pretend to.
class StoreAwayError : public std::runtime_error {
 public:
  explicit StoreAwayError(const StoreAway& away) : std::runtime_error(away.why) {}
};

using StoreVersion = std::uint64_t;  // 0: there is none

struct StoredValue {
  StoreVersion version = 0;
  std::optional<std::string> text;  // nothing: there is none
};

struct ValueChange {
  std::string key;
  StoreVersion from = 0;            // of the value that it was made from; 0: of none
  std::optional<std::string> text;  // nothing: it is removed
};

// All of it is done in one step, or nothing.
struct StoreChange {
  std::vector<ValueChange> values = {};
  std::vector<std::string> removed =
      {};                 // values whose keys begin with one of these, whatever their versions
  bool counts = false;    // all counts and states are forgotten,
  bool journal = false;   // all requests,
  bool sessions = false;  // all sessions, and the requests of consumers
};

struct StoreChanged {
  bool is_conflict = false;  // nothing has happened
  StoreVersion version = 0;  // of all values that it set, and of the space
};

// What a replica reads of a space.
struct StoreSnapshot {
  StoreVersion version = 0;  // of the space, at most as new as the values; 0: the store does not know it
  StoreVersion generation =
      0;  // the version that the space began with; another one: it was removed meanwhile
  std::vector<std::pair<std::string, StoredValue>> values = {};
};

// A rule whose condition holds, as one of those of which the first that matches decides.
struct TakeCandidate {
  struct State {
    std::string key;
    std::optional<std::string> value;
  };
  std::string count;                   // the key of its count (rules::count_key); empty: nothing asks for it
  std::optional<std::uint64_t> times;  // it matches so often
  bool is_drawn = true;                // the dice allow its probability
  std::vector<State> given, sets;      // must hold; are done when it matches
};

struct TakeResult {
  struct Skipped {
    enum class Why { state, times, probability };
    std::size_t candidate = 0;
    Why why = Why::state;
    std::size_t given = 0;                 // state: which one of `given` differs first
    std::optional<std::string> seen = {};  // state: its value
  };
  std::optional<std::size_t> chosen;  // nothing: none matched
  std::uint64_t count = 0;       // how often that one has matched, this time included; 0: it has no count
  std::vector<Skipped> skipped;  // in order
};

// Something that a request leaves, written behind its answer.
struct StoreEntry {
  enum class Kind : std::uint8_t {
    request,   // a line of the journal; `text` is the entry
    session,   // one that was handed out; `text` is the session
    count,     // one more at `key` of the counts, and `text` as what was last (a time)
    consumer,  // one more at `key` of the requests of consumers
    value,     // a value of that key, unless there is one. Replicas are not told
    lost,      // requests for which there was no room while the store was away; `text` is how many
  };
  Kind kind = Kind::request;
  std::string key = {}, text = {};
};

// A part of a journal. Its numbers have no gaps but at its beginning.
struct StoreJournal {
  std::uint64_t last = 0;        // the number of the newest request; 0: none has come
  std::uint64_t cleared_to = 0;  // the newest request when the journal was last cleared
  std::uint64_t clears = 0;
  std::uint64_t lost = 0;  // requests that never came here, since it was cleared
  std::vector<std::pair<std::uint64_t, std::string>> entries;  // oldest first
};

struct StoredSpace {
  std::string name;
  Time last_used{};
};

struct ReplicaFacts {
  std::string id;        // of its run
  std::string name;      // host and port, for people
  std::string files;     // the hash of its rule files and of what else must be equal
  Time seen{};           // when it last spoke
  bool is_late = false;  // it did not answer in time, and is not waited for until it speaks again
  bool is_own = false;
};

struct StoreStatus {
  bool is_away = false;                        // or it does not take what tells of this replica
  std::string why = {};                        // where it is away
  std::optional<Time> since = std::nullopt;    // when that last changed
  std::optional<Time> emptied = std::nullopt;  // when it was last found without what it had
  std::size_t waiting = 0;                     // entries not yet written
  std::uint64_t dropped = 0;                   // entries for which there was no room meanwhile
  std::vector<ReplicaFacts> replicas = {};     // this one included
};

// Is told in a thread of the store. Must be quick, and take no lock that anybody holds over a call of the
// store.
class StoreListener {
 public:
  virtual ~StoreListener() = default;
  // These values have this version now. Empty keys: any may have changed, or the space was removed.
  virtual void on_changed(std::string_view space, StoreVersion version,
                          std::span<const std::string> keys) = 0;
  // Messages may have been missed: any value of any space may have changed.
  virtual void on_missed() = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // To be called once, before all others; the listener must outlive the store. Returns when the store
  // answered for the first time, or when it was tried once.
  virtual void start(StoreListener& listener) = 0;

  virtual StoreReply<StoreChanged> change(std::string_view space, const StoreChange& change) = 0;
  // Removes all that there is of a space.
  virtual StoreReply<StoreVersion> remove(std::string_view space) = 0;
  // Waits until all live replicas have heard of this version. → the names of those that have not in time
  virtual std::vector<std::string> settle(std::string_view space, StoreVersion version) = 0;
  // Values of these keys, or all of them. Of a key without a value there is a StoredValue without text.
  virtual StoreReply<StoreSnapshot> load(std::string_view space, std::span<const std::string> keys) = 0;
  virtual StoreReply<TakeResult> take(std::string_view space,
                                      const std::vector<TakeCandidate>& candidates) = 0;

  virtual void append(std::string_view space, std::vector<StoreEntry> entries) = 0;
  // Waits until what all live replicas had to append is written. → the names of those that are late
  virtual StoreReply<std::vector<std::string>> flush() = 0;
  // The oldest of the requests behind `after`, at most `most`, and fewer where these are large.
  virtual StoreReply<StoreJournal> journal(std::string_view space, std::uint64_t after, std::size_t most) = 0;
  virtual StoreReply<std::vector<std::string>> sessions(std::string_view space) = 0;  // oldest first
  // All counts and states that are not of single consumers, and the requests of consumers: (key, text). A
  // count is "<number>", or "<number> <what was last>".
  virtual StoreReply<std::vector<std::pair<std::string, std::string>>> counts(std::string_view space) = 0;
  virtual StoreReply<std::vector<std::pair<std::string, std::string>>> consumer_counts(
      std::string_view space) = 0;
  virtual StoreReply<std::vector<StoredSpace>> spaces() = 0;

  virtual StoreStatus status() const = 0;
  // Takes no lock. False: calls that wait would fail at once.
  virtual bool is_there() const = 0;
  // Takes no lock. False: nothing was heard from the store for so long that values may have changed unheard.
  virtual bool is_fresh() const = 0;
  // A number that no other live replica has: 0, 1, 2, … For randomness that must not repeat.
  virtual std::size_t place() const = 0;
};

}  // namespace vault_mock::spaces
