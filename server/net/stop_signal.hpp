// Tells all threads of a server that it stops, those that wait in poll() included.
#pragma once

#include <atomic>

#include "net/descriptor.hpp"

namespace vault_mock::net {

class StopSignal {
 public:
  StopSignal();

  // 0, or why there is no descriptor to wait for (errno); then it must not be waited for.
  int error() const { return error_; }

  // Any thread, any number of times, and a signal handler.
  void send();
  bool is_sent() const { return sent_; }

  void wait() const;  // until it is sent

  // Can be read from the signal on, for good.
  int descriptor() const { return reading_.get(); }

 private:
  Descriptor reading_, writing_;
  int error_ = 0;
  std::atomic<bool> sent_{false};
};

}  // namespace vault_mock::net
