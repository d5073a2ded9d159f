// SIGINT and SIGTERM end the program in order, SIGHUP reads the rules again.
//
// They are taken by a thread that waits for them, not by handlers: what they cause may log and lock. As
// process 1, too, which gets no signal that it does not take itself.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "text/mutex.hpp"

namespace vault_mock::app {

class Signals {
 public:
  // Called from the thread that takes the signals, one call at a time. Not to take long.
  struct Listener {
    std::function<void()> stop;
    std::function<void()> reload;
  };

  // From now on this thread and those it starts leave the signals to the taker: to be made before any other
  // thread.
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Until somebody listens, SIGINT and SIGTERM end the process at once, as there is nothing yet to take down,
  // and a SIGHUP is kept. When leave() returns, the listener is not called any more, and further signals are
  // ignored.
  void listen(Listener listener);
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
  Listener listener_ GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace vault_mock::app
