// The socket of an answer that is sent while it is made (server-sent events, chunks). The thread that makes
// it becomes the answer's own: it hands its event loop to a new thread first, and from then on may wait for
// as long as it likes.
#pragma once

#include <string_view>

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {

class Streaming {
 public:
  // `epoch` is the one in which the loop's owner, who makes this, runs the handler. It may move on by two.
  Streaming(LoopHost& host, EventLoop& loop, ClientConnection& connection, std::uint64_t& epoch,
            const TimeLimits& times)
      : host_(host), loop_(loop), connection_(connection), epoch_(epoch), times_(times) {}

  // The answer turns out to be a stream, whose first byte is to wait for `delay`. False: no thread can be
  // spared for it.
  bool begin(std::chrono::microseconds delay);
  // Sends all of it, waiting for a slow reader up to a limit. False: the client is gone, or too slow, or the
  // server stops.
  bool send(std::string_view bytes);
  // Whether there is any point in going on: the client is there and the server is not stopping.
  bool is_wanted() const;

 private:
  LoopHost& host_;
  EventLoop& loop_;
  ClientConnection& connection_;  // which is this thread's for as long as it answers
  std::uint64_t& epoch_;
  const TimeLimits& times_;
  mutable Clock::time_point finished_since_{};  // when the client was first seen to have closed its side
};

}  // namespace vault_mock::net
