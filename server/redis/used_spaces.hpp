// Which spaces this replica has used in the last second, so that the store is told once a second of each.
//
// Threads: any; nothing waits.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace vault_mock::redis {

class UsedSpaces {
 public:
  // Whether the store is to be told of it now.
  bool use(std::string_view space, std::chrono::steady_clock::time_point now);
  // It was removed: its next use is to be told.
  void forget(std::string_view space);

 private:
  std::mutex mutex_;
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> told_;
};

}  // namespace vault_mock::redis
