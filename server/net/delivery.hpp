// How one answer reaches its client: at once and whole, or late, or broken on purpose. The handler returns it
// beside the answer; the connection layer carries it out on the socket. None of it takes a thread: an answer
// that waits is bytes and a timer.
#pragma once

#include <chrono>
#include <cstddef>

namespace vault_mock::net {

enum class Fault {
  none,
  reset,     // no byte, then a TCP RST: the client sees ECONNRESET
  close,     // no byte, then an orderly close: the client sees the end of the stream
  truncate,  // the whole head, its true content-length, half of the body, then an orderly close
  drip,      // the head at once, the body `drip_bytes` at a time with `drip_gap` between
  hang,      // no byte until the client gives up, or `hang_limit` has passed; then an orderly close
};

struct Delivery {
  std::chrono::microseconds delay{0};  // before the first byte, or before the fault
  Fault fault = Fault::none;
  std::size_t drip_bytes = 16;  // 0 counts as 1
  std::chrono::microseconds drip_gap{100'000};
  std::chrono::milliseconds hang_limit{300'000};

  bool operator==(const Delivery&) const = default;
};

}  // namespace vault_mock::net
