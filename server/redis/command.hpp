// A command on its way: from the thread that gave it, over a link, until its reply.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "redis/client.hpp"

namespace vault_mock::redis {

using Moment = std::chrono::steady_clock::time_point;

// Calls a Done exactly once, whatever becomes of it: one that is dropped, as where there is no memory, gets
// Lost.
class Completion {
 public:
  Completion() = default;
  Completion(Done done) : done_(std::move(done)) {}
  Completion(Completion&& other) noexcept { done_.swap(other.done_); }
  Completion& operator=(Completion&& other) noexcept {
    done_.swap(other.done_);
    return *this;
  }
  ~Completion() {
    try {
      (*this)(tl::unexpected(Lost{true, "no memory"}));
    } catch (...) {  // nobody is left to be told
    }
  }
  void operator()(Result result) {
    if (const auto done = std::exchange(done_, nullptr)) done(std::move(result));
  }

 private:
  Done done_;
};

struct Command {
  std::string bytes;                  // as they go over the wire
  std::optional<std::uint16_t> slot;  // of a cluster; nothing: any server will do
  Moment due;                         // until then it may be given to another server
  Completion done;
  Patience patience = Patience::reply;
  bool is_asking = false;  // goes behind ASKING, to the server that is about to own its slot
  int redirections = 0;

  void lose(bool was_sent, std::string why) { done(tl::unexpected(Lost{was_sent, std::move(why)})); }
};

// As a list of texts: "*2\r\n$3\r\nGET\r\n$1\r\na\r\n".
std::string encoded(std::span<const std::string> words);

}  // namespace vault_mock::redis
