// The socket of an answer that is sent while it is made (server-sent events, chunks). The thread that makes
// it becomes the answer's own: it hands its event loop to a new thread first, and from then on may wait for
// as long as it likes.
#pragma once

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {

class Streaming final : public StreamingSocket {
 public:
  // `section` is the one in which the loop's owner, who makes this, runs the handler. It may move on by two.
  Streaming(LoopHost& host, EventLoop& loop, Connection& connection, std::uint64_t& section,
            const TimeLimits& times)
      : host_(host), loop_(loop), connection_(connection), section_(section), times_(times) {}

  bool begin(std::chrono::microseconds delay, Length length) override;
  bool send(std::string_view bytes) override;
  bool is_wanted() const override;

 private:
  bool ends_with_server() const { return length_ == Length::open && host_.stopping(); }

  LoopHost& host_;
  EventLoop& loop_;
  Connection& connection_;  // which is this thread's for as long as it answers
  std::uint64_t& section_;
  const TimeLimits& times_;
  Length length_ = Length::known;
  mutable Clock::time_point finished_since_{};  // when the client was first seen to have closed its side
};

}  // namespace vault_mock::net
