// What a thread that drives an event loop has of its own: room for one request and one answer. It is not the
// loop's, because a thread that loses its loop in the middle of a request still needs it.
#pragma once

#include <array>
#include <string>

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {

struct EventLoop::Thread {
  std::array<char, 64 * 1024> buffer;
  ReceivedRequest received;
  std::string answer;
};

}  // namespace vault_mock::net
