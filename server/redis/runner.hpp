// Runs scripts and commands, and repeats those whose reply was lost, within a limit. A script that changes
// something does so once however often it is repeated: each run has a number in a lane (scripts/common.lua).
//
// Threads: any. Whatever returns a StoreReply waits; not in the client's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
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

  // To be called when the client is connected again.
  void connected() { is_connected_again_.notify_all(); }

 private:
  spaces::StoreReply<Reply> repeat(const std::function<Result()>& attempt);
  Result call(const Script& script, const std::vector<std::string>& keys,
              const std::vector<std::string>& arguments);

  Client& client_;
  const std::string run_;
  const std::chrono::milliseconds limit_;

  // Each call under way has a lane of its own: the lowest that is free.
  class Lane;
  std::mutex mutex_;
  std::condition_variable is_connected_again_;
  std::uint64_t last_number_ = 0;
  std::vector<bool> taken_lanes_;
};

}  // namespace vault_mock::redis
