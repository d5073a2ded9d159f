// What a Delivery comes to on the socket: which bytes go when, and what becomes of the connection. Both
// transports carry it out. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "net/delivery.hpp"

namespace vault_mock::net {

// What becomes of a connection behind an answer. `close` is done in stages (RFC 9112, 9.6), as bytes that
// arrive behind a close at once would be met with a reset, which takes the answer from a client that reads
// it.
enum class Ending : unsigned char { keep, close, reset };

struct DeliveryPlan {
  Ending ending = Ending::keep;
  bool hangs = false;                  // there is nothing to send: who finishes sending is not waited for
  std::chrono::microseconds delay{0};  // before the first byte, or, where there is none, before the ending
  std::size_t at_once = std::string::npos;  // bytes that go first, the others in steps
  std::size_t step = 0;
  std::chrono::microseconds gap{0};  // before each step
};

// Cuts `answer`, a head and its body, down to what is sent of it. `ending` is that of the answer itself.
// Where the server is stopping there is no time left for delays.
DeliveryPlan plan_of(const Delivery& delivery, Ending ending, bool stopping, std::string& answer);

// The delay that is kept: none that is negative, none beyond kLongestDelay.
std::chrono::microseconds bounded(std::chrono::microseconds delay);

}  // namespace vault_mock::net
