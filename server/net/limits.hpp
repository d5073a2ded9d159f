// How much and how long a client may ask for.
#pragma once

#include <chrono>
#include <cstddef>

namespace vault_mock::net {

struct RequestLimits {
  std::size_t max_head_bytes = std::size_t{64} << 10;    // beyond: 431
  std::size_t max_target_bytes = std::size_t{16} << 10;  // beyond: 414
  std::size_t max_header_fields = 128;                   // beyond: 431
  std::size_t max_body_bytes = std::size_t{1} << 20;     // beyond: 413
};

struct TimeLimits {
  std::chrono::milliseconds handshake{10'000};  // for TLS to begin; beyond: closed
  std::chrono::milliseconds request{30'000};    // from a request's first byte to its last; beyond: 408
  std::chrono::milliseconds idle{600'000};      // between requests; beyond: closed
  std::chrono::milliseconds write{30'000};      // for a client to take more of its answer; beyond: closed
  std::chrono::milliseconds linger{3'000};  // for a client to stop sending once its connection is to close
  // For an answer to be due once the client has closed its side. That end of its own direction (its FIN)
  // says little: it may have gone, or have said all it had to say and read on, and nothing but an answer
  // would tell the two apart. So a request that is here is still answered, and an answer that is due later
  // than this is not waited for: then the connection is closed. (nginx takes the FIN alone for the client's
  // end, and logs a 499.)
  std::chrono::milliseconds half_closed{2'000};
  std::chrono::milliseconds drain{5'000};  // at a stop, for answers that are under way
};

// What a request of which a part is here at a stop has to become whole, and a handler that is cut off to
// notice.
inline constexpr std::chrono::milliseconds kStopGrace{500};
// A connection that has been idle for that long makes room when others wait for what it takes.
inline constexpr std::chrono::milliseconds kIdleEnough{500};
// The same for one whose request or TLS handshake is half here,
// and of whom nothing more has come for so long.
inline constexpr std::chrono::milliseconds kSlowEnough{2'000};
// A longer delay is cut to this one.
inline constexpr std::chrono::microseconds kLongestDelay = std::chrono::hours(24);

}  // namespace vault_mock::net
