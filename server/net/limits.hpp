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
  std::chrono::milliseconds half_closed{
      2'000};                              // for an answer to be due once the client has closed its side
  std::chrono::milliseconds drain{5'000};  // at a stop, for answers that are under way
};

}  // namespace vault_mock::net
