// What replicas share, in Redis or Valkey (spaces/store.hpp says what each call is).
//
// A call fails at once while the store is away. One whose reply was lost is repeated within Options::call; it
// does nothing twice.
//
// The listener is told of changes of others, in the client's thread, and of own ones whose replies were lost:
// who changes something and gets a reply knows what has changed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redis/barrier.hpp"
#include "redis/client.hpp"
#include "redis/heartbeat.hpp"
#include "redis/own_changes.hpp"
#include "redis/replicas.hpp"
#include "redis/runner.hpp"
#include "redis/script.hpp"
#include "redis/space_keys.hpp"
#include "redis/used_spaces.hpp"
#include "redis/writer.hpp"
#include "spaces/store.hpp"

namespace vault_mock::redis {

class SharedStore final : public spaces::Store {
 public:
  struct Options {
    std::string name;   // of this replica, for people: host and port
    std::string files;  // the hash of its rule files and of what else must be equal
    Writer::Bounds bounds = {};
    Heartbeat::Times heartbeat = {};
    std::chrono::milliseconds settle{500};   // for all live replicas to hear of a change
    std::chrono::milliseconds flush{1'000};  // for all of them to write what they have
    std::chrono::milliseconds call{1'000};
    Timing timing = {};
  };

  // `tell`: what becomes of the store, for a log. Called in any thread.
  SharedStore(Url url, Options options, Tell tell);
  ~SharedStore() override;

  // What other replicas and people are told of this one; as in Options. Any thread.
  void introduce(std::string name, std::string files) {
    replicas_.introduce(std::move(name), std::move(files));
  }
  void start(spaces::StoreListener& listener) override;
  // Writes what waits, within Options::flush, and ends its thread. Nothing may be asked of it then. The
  // destructor does so, too.
  void stop();
  spaces::StoreReply<spaces::StoreChanged> change(std::string_view space,
                                                  const spaces::StoreChange& change) override;
  spaces::StoreReply<spaces::StoreVersion> remove(std::string_view space) override;
  std::vector<std::string> settle(std::string_view space, spaces::StoreVersion version) override;
  spaces::StoreReply<spaces::StoreSnapshot> load(std::string_view space,
                                                 std::span<const std::string> keys) override;
  spaces::StoreReply<spaces::TakeResult> take(std::string_view space,
                                              const std::vector<spaces::TakeCandidate>& candidates) override;
  void append(std::string_view space, std::vector<spaces::StoreEntry> entries) override;
  spaces::StoreReply<std::vector<std::string>> flush() override;
  spaces::StoreReply<spaces::StoreJournal> journal(std::string_view space, std::uint64_t after,
                                                   std::size_t most) override;
  spaces::StoreReply<std::vector<std::string>> sessions(std::string_view space) override;
  spaces::StoreReply<std::vector<std::pair<std::string, std::string>>> counts(
      std::string_view space) override;
  spaces::StoreReply<std::vector<std::pair<std::string, std::string>>> consumer_counts(
      std::string_view space) override;
  spaces::StoreReply<std::vector<spaces::StoredSpace>> spaces() override;
  spaces::StoreStatus status() const override;
  bool is_there() const override;
  bool is_fresh() const override;
  std::size_t place() const override;

 private:
  // What works on the client.
  struct Parts {
    Parts(SharedStore& store, Client& client);
    Runner runner;
    Writer writer;
    Heartbeat heartbeat;
  };
  struct Scripts {
    Script take = Script::of_space("take"), change = Script::of_space("change"),
           remove = Script::of_space("remove"), load = Script::of_space("load"),
           journal = Script::of_space("journal");
  };

  // In the client's thread: shared_store_events.cpp
  void connected();
  void lost(std::string_view why);
  void ticked();
  void tried();
  void joined();
  void emptied();
  void beaten(std::string_view refusal);
  void heard(std::string_view message);
  void heard_change(const std::vector<std::string>& words);
  void heard_flush(const std::vector<std::string>& words);
  void acknowledge(const std::string& replica, const std::string& number);

  void take_leave();
  void use(const std::string& space);
  spaces::StoreAway away() const;
  spaces::StoreReply<Reply> publish(std::string message);
  // Runs a script that changes values, and tells of it. Nothing: a conflict.
  spaces::StoreReply<std::optional<spaces::StoreVersion>> run_change(const Script& script,
                                                                     std::string_view space,
                                                                     const std::vector<std::string>& words);
  spaces::StoreReply<std::vector<std::pair<std::string, std::string>>> pairs(std::string_view space,
                                                                             SpacePart part);

  const Url url_;
  const Options options_;
  const Tell tell_;
  const std::string id_;  // of this run
  const Scripts scripts_;
  spaces::StoreListener* listener_ = nullptr;
  Barrier barrier_;
  Replicas replicas_;
  UsedSpaces used_;
  OwnChanges own_changes_;

  // What waited to be written when the store was connected again. Only the client's thread uses it.
  struct Kept {
    std::uint64_t last = 0;
    std::size_t requests = 0;
  };
  std::optional<Kept> kept_;

  mutable std::mutex mutex_;  // protects the following
  std::condition_variable is_tried_;
  bool was_tried_ = false;  // the store: it has answered, or it was lost
  std::string why_ = "it was not yet reached";
  bool is_told_ = false;  // that it is away
  std::string refusal_;   // of what says that this replica is alive; empty: none
  std::chrono::steady_clock::time_point away_since_ = std::chrono::steady_clock::now();
  std::optional<spaces::Time> since_, emptied_;

  std::latch is_complete_{1};  // the client's thread waits for the parts
  std::unique_ptr<Parts> parts_;
  Client* client_ = nullptr;              // null: not started, or stopped
  std::unique_ptr<Client> owned_client_;  // the last one: its thread uses all others
};

}  // namespace vault_mock::redis
