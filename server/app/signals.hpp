// SIGINT and SIGTERM stop the program in order, SIGHUP reads the rules again.
//
// A thread waits for them, instead of signal handlers, so that what they cause may log and lock. This works
// as process 1 of a container, too, which gets only the signals that it handles.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "text/mutex.hpp"

namespace vault_mock::app {

class Signals {
 public:
  // Called in the thread that waits, one call at a time; should return soon.
  struct Handlers {
    std::function<void()> stop;
    std::function<void()> reload;
  };

  // Blocks the signals in this thread and those it starts later, so it must be made before any other thread.
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Before listen(), SIGINT and SIGTERM end the process at once, as there is nothing yet to take down, and a
  // SIGHUP is kept. After leave() has returned, the listener is not called again and signals are ignored.
  void listen(Handlers listener);
  void leave();

 private:
  void take_all();
  void take(int signal);

  // A terminal that is closed sends SIGHUP, too: then the program ends with it, unless nohup told it to stay.
  const bool ends_with_terminal_;
  std::atomic<bool> ending_{false};

  text::Mutex
      mutex_;  // protects the following; held while the listener is called, so that leave() can wait for it
  enum class State {
    nobody_listens_yet,
    listening,
    left
  } state_ GUARDED_BY(mutex_) = State::nobody_listens_yet;
  bool reload_kept_ GUARDED_BY(mutex_) = false;
  Handlers listener_ GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace vault_mock::app
