// The socket of an answer that is sent while it is made (server-sent events, chunks). The thread that makes
// it becomes the answer's own: it hands its event loop to a new thread first, and from then on may wait for
// as long as it likes.
#pragma once

#include "net/epoll/event_loop.hpp"
#include "net/waiting_socket.hpp"

namespace vault_mock::net {

class Streaming {
 public:
  // `epoch` is the one in which the loop's owner, who makes this, runs the handler. It may move on by two.
  Streaming(LoopHost& host, EventLoop& loop, ClientConnection& connection, std::uint64_t& epoch,
            const TimeLimits& times)
      : socket(connection.socket, host.stop_signal(), times), loop_(loop), epoch_(epoch) {}

  // The answer turns out to be a stream. False: no thread can be spared for it.
  bool begin() { return loop_.hand_over(epoch_); }

  WaitingSocket socket;  // for use after begin(); it is this thread's for as long as it answers

 private:
  EventLoop& loop_;
  std::uint64_t& epoch_;
};

}  // namespace vault_mock::net
