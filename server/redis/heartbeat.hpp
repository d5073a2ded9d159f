// Tells the other replicas that this one is alive, finds out who else is, and knows whether messages arrive.
//
// After each connect it joins: it says hello to all who are alive, and is fresh when they have answered, as
// from then on they wait for it. What it publishes to itself has to arrive, too: then all that was published
// before has arrived. Where that does not arrive for a while, as when this process was stopped, it joins
// anew.
//
// Threads: the client's, but for what is said to take no lock.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "redis/barrier.hpp"
#include "redis/client.hpp"
#include "redis/replicas.hpp"
#include "redis/runner.hpp"
#include "redis/script.hpp"

namespace vault_mock::redis {

class Heartbeat {
 public:
  struct Times {
    std::chrono::milliseconds beat{500};
    std::chrono::milliseconds stale{
        1'000};  // so long after the last beat that arrived, messages may be missed
    std::chrono::milliseconds gone{3'000};  // a replica of which so long nothing was heard
    std::chrono::milliseconds join{200};    // for the others to answer
  };
  struct Listeners {
    std::function<void()> joined;
    std::function<void()> emptied;  // the store has not what it had
    // It has answered a beat. `refusal`: why it does not take it, in its words; empty: it does.
    std::function<void(std::string_view refusal)> beaten;
  };
  Heartbeat(Client& client, Runner& runner, Replicas& replicas, Barrier& barrier, Times times,
            Listeners listeners);

  void connected();
  void lost();
  void tick();
  // A beat of this replica arrived. `sent`: as it stood in the message.
  void arrived(std::string_view sent);

  // Take no lock. Any thread.
  bool is_fresh() const;
  std::size_t place() const { return place_; }

 private:
  enum class Stage : std::uint8_t { away, listing, greeting, joined };
  void join();
  void beat(bool asks);
  void beaten(const Reply& reply, bool asked);
  void greet_when_ready();
  void greet();
  void check_generation();

  Client& client_;
  Runner& runner_;
  Replicas& replicas_;
  Barrier& barrier_;
  const Times times_;
  const Listeners listeners_;
  const Script script_ = Script::alone("beat");

  Stage stage_ = Stage::away;
  std::uint64_t connections_ = 0;
  std::int64_t joining_since_ms_ = 0;
  bool has_list_ = false;               // of those to say hello to
  std::optional<std::size_t> claimed_;  // place
  std::string generation_;              // of the store; empty: not yet known
  std::uint64_t greeting_ = 0;
  std::chrono::steady_clock::time_point next_beat_{}, next_list_{}, greet_until_{};

  std::atomic<bool> is_joined_ = false;
  std::atomic<std::int64_t> arrived_ms_ = 0;  // when the last beat that arrived was sent
  std::atomic<std::size_t> place_ = 0;
};

}  // namespace vault_mock::redis
