// Changes that this replica makes, by the numbers of their messages. It hears of them like all others do, but
// whoever made one knows of it, unless the reply was lost.
//
// Threads: any; nothing waits.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

namespace vault_mock::redis {

class OwnChanges {
 public:
  void begin(std::uint64_t number);
  // Its message was heard. → whether its maker knows of it, or will be told by end()
  bool heard(std::uint64_t number);
  // → whether its message was heard before
  bool end(std::uint64_t number, bool has_reply);

 private:
  enum class State { under_way, heard, known };
  static constexpr std::size_t kMostKnown = 1'000;  // whose messages may still come

  std::mutex mutex_;
  std::map<std::uint64_t, State> changes_;
};

}  // namespace vault_mock::redis
