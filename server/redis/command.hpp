// A command on its way: from the thread that gave it, over a link, until its reply.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "redis/client.hpp"

namespace vault_mock::redis {

using Moment = std::chrono::steady_clock::time_point;

struct Command {
  std::string bytes;                  // as they go over the wire
  std::optional<std::uint16_t> slot;  // of a cluster; nothing: any server will do
  Moment due;                         // until then it may be given to another server
  Done done;
  bool is_asking = false;  // goes behind ASKING, to the server that is about to own its slot
  int redirections = 0;

  void lose(bool was_sent, std::string why) { done(tl::unexpected(Lost{was_sent, std::move(why)})); }
};

// As a list of texts: "*2\r\n$3\r\nGET\r\n$1\r\na\r\n".
std::string encoded(std::span<const std::string> words);

}  // namespace vault_mock::redis
