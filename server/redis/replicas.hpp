// The live replicas that share a store, as one of them knows them.
//
// Threads: any; nothing waits.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "spaces/store.hpp"

namespace vault_mock::redis {

// What becomes of the store, for a log. `is_trouble`: something is the matter; else something is mended.
using Tell = std::function<void(bool is_trouble, std::string_view text)>;

class Replicas {
 public:
  using Ids = std::vector<std::string>;

  // `own`: id, name and files of this one. One that is not heard of for that long is gone.
  Replicas(spaces::ReplicaFacts own, std::chrono::milliseconds gone_after, Tell tell);

  spaces::ReplicaFacts own() const;
  // What others are told of this one from now on.
  void introduce(std::string name, std::string files);
  // Those that the store lists, but this one.
  void set_listed(std::vector<spaces::ReplicaFacts> listed);
  // One that tells of itself.
  void add(spaces::ReplicaFacts replica);
  void remove(std::string_view id);
  // One has acknowledged something: it is not late any more.
  void heard(std::string_view id);
  // These have not done so in time. → their names
  std::vector<std::string> set_late(const Ids& ids);

  Ids others() const;  // late ones, too
  Ids late() const;
  std::vector<spaces::ReplicaFacts> facts() const;  // this one first

 private:
  struct Member {
    spaces::ReplicaFacts facts;
    std::chrono::steady_clock::time_point heard;
  };
  void keep(spaces::ReplicaFacts replica, bool is_listed);

  const std::string own_id_;
  const std::chrono::milliseconds gone_after_;
  const Tell tell_;
  mutable std::mutex mutex_;  // protects the following
  spaces::ReplicaFacts own_;
  std::map<std::string, Member, std::less<>> others_;  // by id
};

}  // namespace vault_mock::redis
