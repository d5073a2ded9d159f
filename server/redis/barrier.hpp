// Messages that other replicas acknowledge, and who has.
//
// Threads: any. wait() waits, bounded.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vault_mock::redis {

class Barrier {
 public:
  using Ids = std::vector<std::string>;  // of replicas

  // A number for a message that is about to be published.
  std::uint64_t open();
  // Who should acknowledge it. `subject`: what to find it by; of two the later one is found.
  void expect(std::uint64_t number, Ids replicas, std::string subject = {});
  // The last message about that; nothing: there is none, or it was forgotten.
  std::optional<std::uint64_t> find(const std::string& subject) const;
  // That replica has acknowledged it.
  void heard(std::uint64_t number, std::string_view replica);

  // Waits until all who should have acknowledged it, but those to be left out. → those that have not
  Ids wait(std::uint64_t number, const Ids& left_out, std::chrono::steady_clock::time_point until);
  // Without waiting.
  Ids missing(std::uint64_t number) const;

  void close(std::uint64_t number);
  // Forgets those that were opened before that. To be called now and then: nobody has to close one.
  void forget(std::chrono::steady_clock::time_point before);

 private:
  struct Message {
    std::chrono::steady_clock::time_point opened;
    Ids expected = {};
    std::set<std::string, std::less<>> heard = {};
    std::string subject = {};
  };
  static Ids missing_of(const Message& message);
  void erase(std::map<std::uint64_t, Message>::iterator message);

  mutable std::mutex mutex_;
  std::condition_variable someone_was_heard_;
  std::uint64_t last_ = 0;
  std::map<std::uint64_t, Message> messages_;
  std::map<std::string, std::uint64_t, std::less<>> subjects_;
};

}  // namespace vault_mock::redis
