// Tells all threads of a server that it stops, those that wait in poll() included.
#pragma once

#include <atomic>

#include "net/descriptor.hpp"

namespace vault_mock::net {

class StopSignal {
 public:
  // Before the threads start. False: there is no descriptor left (errno).
  bool open();

  // Any thread, any number of times, and a signal handler.
  void send();
  bool is_sent() const { return sent_; }

  // Can be read from the signal on, for good.
  int descriptor() const { return reading_.get(); }

 private:
  void write_to_pipe();

  Descriptor reading_, writing_;
  std::atomic<bool> sent_{false};
};

}  // namespace vault_mock::net
