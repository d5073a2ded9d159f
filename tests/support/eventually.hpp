// Waiting for what happens in its own time: for a state, not for a while.
#pragma once

#include <chrono>
#include <thread>

namespace vault_mock::support {

// Whether `holds()` becomes true. The limit is for tests that fail.
template <typename Predicate>
bool eventually(Predicate holds, std::chrono::milliseconds limit = std::chrono::seconds(60)) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

inline std::chrono::milliseconds since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace vault_mock::support
