// A client's socket for a thread that waits for it: up to a time, and not beyond a stop of the server.
#pragma once

#include <chrono>
#include <string_view>

#include "net/client_socket.hpp"
#include "net/limits.hpp"
#include "net/stop_signal.hpp"

namespace vault_mock::net {

class WaitingSocket {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // All outlive this.
  WaitingSocket(ClientSocket& socket, const StopSignal& stop, const TimeLimits& times);

  enum class Wait {
    ready,    // there is something to read, or the client's end
    late,     // the time is up
    stopped,  // the server stops
    gone,     // nobody is left to read an answer
  };
  enum class AtStop { return_at_once, go_on };
  Wait until_readable(Time until, AtStop at_stop) const;

  // Waits while the client is there. `late`: the time is up; `gone`: the client has gone, or it has closed
  // its side and the time is further off than `half_closed`.
  Wait pause(Time until) const { return pause(until, times_.half_closed); }
  Wait pause(Time until, std::chrono::milliseconds half_closed) const;

  // Sends all of it, waiting for a slow reader up to TimeLimits::write. False: the client is gone, or too
  // slow.
  bool send_all(std::string_view bytes, AtStop at_stop = AtStop::go_on) const;

  // Sends a piece of a streaming answer; an empty one only asks. False: the client is gone, or too slow, or
  // the server stops.
  bool send_piece(std::string_view piece);

  // Ends the connection in order (RFC 9112, 9.6): what the client still sends is thrown away for a while, so
  // that it can read our last words. A reset would take them from it.
  void finish() const { finish(times_.linger); }
  void finish(std::chrono::milliseconds linger) const;

 private:
  bool has_reader();
  short poll_for(short events, Time until, AtStop at_stop) const;

  ClientSocket& socket_;
  const StopSignal& stop_;
  const TimeLimits& times_;
  Time finished_since_{};  // when the client was first seen to have closed its side
};

}  // namespace vault_mock::net
