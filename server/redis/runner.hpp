// Runs scripts and commands, and repeats those whose reply was lost, within a limit. A script that changes
// something does so once however often it is repeated: each run has a number in a lane (scripts/common.lua).
// Nor does one that the server comes to when it was given up, as the server was stopped meanwhile: each run
// says until when, by the server's clock. Servers of a cluster have a clock each: of those it is not known.
//
// Threads: any. Whatever returns a StoreReply waits; not in the client's thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "redis/client.hpp"
#include "redis/script.hpp"
#include "spaces/store.hpp"

namespace vault_mock::redis {

class Runner {
 public:
  // `run`: what no other run of a replica is called. `limit`: for how long a call is repeated.
  Runner(Client& client, std::string run, std::chrono::milliseconds limit)
      : client_(client), run_(std::move(run)), limit_(limit) {}

  // A script that changes nothing.
  spaces::StoreReply<Reply> read(const Script& script, const std::vector<std::string>& keys,
                                 const std::vector<std::string>& arguments);
  // A command that changes nothing, or may be repeated.
  spaces::StoreReply<Reply> command(std::string_view key, const std::vector<std::string>& words);
  // A script that changes something. Lane and number go before the arguments.
  spaces::StoreReply<Reply> change(const Script& script, const std::vector<std::string>& keys,
                                   const std::vector<std::string>& arguments);
  // Without waiting, and without repeating.
  void send(const Script& script, const std::vector<std::string>& keys,
            const std::vector<std::string>& arguments, Done done);

  // A lane for one who repeats by itself, one run behind the other.
  std::string own_lane(std::string_view name) const { return run_ + ":" + std::string(name); }

  // What the server's clock says now. Of several the one that was under way the shortest counts.
  void set_server_time(std::chrono::milliseconds now);
  void forget_server_time() { server_ahead_ms_ = kUnknown; }

  // To be called when the client is connected again.
  void connected() { is_connected_again_.notify_all(); }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  spaces::StoreReply<Reply> repeat(Moment until, const std::function<Result()>& attempt);
  std::string by_server(Moment moment) const;
  Result call(const Script& script, const std::vector<std::string>& keys,
              const std::vector<std::string>& arguments);

  Client& client_;
  const std::string run_;
  const std::chrono::milliseconds limit_;

  static constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();
  std::atomic<std::int64_t> server_ahead_ms_ = kUnknown;  // of this steady clock, at least

  // Each call under way has a lane of its own: the lowest that is free.
  class Lane;
  std::mutex mutex_;
  std::condition_variable is_connected_again_;
  std::uint64_t last_number_ = 0;
  std::vector<bool> taken_lanes_;
};

}  // namespace vault_mock::redis
