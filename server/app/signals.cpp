#include "app/signals.hpp"

#include <csignal>
#include <fcntl.h>
#include <pthread.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "app/terminal/print.hpp"
#include "net/descriptor.hpp"
#include "text/contained.hpp"

namespace vault_mock::app {
namespace {

sigset_t taken_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

bool has_terminal() {
  return net::Descriptor(::open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)).get() >= 0;
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Signals::Signals() : ends_with_terminal_(!is_ignored(SIGHUP) && has_terminal()) {
  const auto set = taken_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // Writing to a reader that is gone, or to a log file that may not grow further, is an error and not the
  // end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  thread_ = std::thread([this] { take_all(); });
}

// They stay blocked: one that comes now must not take the place of the exit code.
Signals::~Signals() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);  // NOLINT: it waits for that signal
  thread_.join();
}

void Signals::listen(Handlers listener) {
  const text::MutexLock lock(mutex_);
  listener_ = std::move(listener);
  state_ = State::listening;
  if (std::exchange(reload_kept_, false)) listener_.reload();
}

void Signals::leave() {
  const text::MutexLock lock(mutex_);
  state_ = State::left;
  listener_ = {};
}

void Signals::take_all() {
  const auto set = taken_signals();
  while (true) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0) continue;
    if (ending_) return;
    const auto outcome =
        text::contained([&] { take(signal); },
                        [](std::string_view why) {
                          complain("vault-mock", std::string("could not handle a signal: ").append(why));
                        });
    if (outcome == text::Contained::threw && signal != SIGHUP) ::_exit(1);
  }
}

void Signals::take(int signal) {
  const text::MutexLock lock(mutex_);
  const bool reload = signal == SIGHUP && !(ends_with_terminal_ && !has_terminal());
  if (state_ == State::listening)
    (reload ? listener_.reload : listener_.stop)();
  else if (state_ == State::nobody_listens_yet && reload)
    reload_kept_ = true;
  else if (state_ == State::nobody_listens_yet)
    ::_exit(0);
}

}  // namespace vault_mock::app
