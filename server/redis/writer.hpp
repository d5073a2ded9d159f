// Writes behind the answers what requests leave: entries are kept until they are written, in order, in one
// batch for each space at a time. A batch that was lost with its connection is sent again, and counts once.
// Beside what is kept, there is a copy of each batch that is under way: of about 5 MB in all.
//
// Threads: append() and the questions: any. write() and what when_written() is given: the client's.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "redis/replicas.hpp"
#include "redis/runner.hpp"
#include "redis/script.hpp"
#include "spaces/store.hpp"

namespace vault_mock::redis {

class Writer {
 public:
  struct Bounds {
    std::size_t away = 1'000;                   // how many requests are kept while the store is away,
    std::size_t there = 10'000;                 // and while it is there, but slower than they come
    std::size_t bytes = std::size_t{64} << 20;  // of all that is kept
    std::size_t journal = 1'000;                // how many requests a space's journal keeps in the store
    std::size_t sessions = 1'000;               // how many sessions
  };
  // `used`: is told of each space that is written to.
  Writer(Client& client, Runner& runner, Bounds bounds, Tell tell,
         std::function<void(const std::string&)> used);

  // Where there is no room, the entries are dropped and counted. Of what is not a request there is room for
  // eight times as many.
  void append(std::string_view space, std::vector<spaces::StoreEntry> entries);
  // Sends what waits, as far as the store is there.
  void write();

  // The number of the last append.
  std::uint64_t last() const;
  // Calls the function when all up to that number is written, at once where it is.
  void when_written(std::uint64_t number, std::function<void()> then);

  struct Counts {
    std::size_t requests = 0;   // not yet written
    std::size_t entries = 0;    // these, and what else is not yet written
    std::uint64_t dropped = 0;  // requests
  };
  Counts counts() const;

 private:
  struct Append {
    std::uint64_t number = 0;
    std::vector<spaces::StoreEntry> entries;
    std::size_t bytes = 0;
  };
  struct Queue {
    std::deque<Append> waiting = {};
    std::size_t in_batch = 0;     // how many of these the batch has
    std::size_t batch_bytes = 0;  // of these
    std::uint64_t batch = 0;      // its number
    bool is_under_way = false;
    bool is_script_unknown = false;  // to the server
    int refusals = 0;                // of this batch
    std::chrono::steady_clock::time_point not_before = {};
  };
  struct Batch {
    std::string space;
    std::vector<std::string> command;
  };
  void put(Queue& queue, std::vector<spaces::StoreEntry> entries, std::size_t bytes);
  std::optional<Batch> next_batch(std::chrono::steady_clock::time_point now);
  std::vector<std::string> command_of(const std::string& space, Queue& queue);
  void end_way(Queue& queue);  // of its batch
  void send(Batch batch);
  void sent(const std::string& space, const Result& result);
  bool is_written(std::uint64_t number) const;
  void end_batch(std::string_view space, Queue& queue, bool is_lost);  // with the lock held
  void tell_losses();                                                  // with the lock held, as the others
  void lose(std::string_view space, std::size_t requests);

  Client& client_;
  Runner& runner_;
  const Bounds bounds_;
  const Tell tell_;
  const std::function<void(const std::string&)> used_;
  const Script script_ = Script::of_space("append");

  mutable std::mutex mutex_;
  std::map<std::string, Queue, std::less<>> queues_;        // of spaces for which something waits
  std::map<std::string, std::uint64_t, std::less<>> lost_;  // requests, by space; not yet told
  std::string last_space_;  // of which a batch was sent: the others come before it
  std::uint64_t last_ = 0, last_batch_ = 0;
  std::size_t bytes_ = 0, bytes_under_way_ = 0;
  Counts counts_;
  bool is_posted_ = false;   // write() is about to be called
  bool is_refused_ = false;  // the last batch was: said once
  std::vector<std::pair<std::uint64_t, std::function<void()>>> listeners_;
};

}  // namespace vault_mock::redis
