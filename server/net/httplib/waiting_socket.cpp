#include "net/httplib/waiting_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

namespace vault_mock::net {
namespace {

using Clock = std::chrono::steady_clock;

#ifdef POLLRDHUP
constexpr short kFinished = POLLRDHUP;
#else
constexpr short kFinished = 0;  // the client's end is seen when it is read
#endif

// What poll_for() returns besides poll's events, which leave this bit free.
constexpr short kStopped = 0x4000;

int milliseconds_until(WaitingSocket::Time until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

WaitingSocket::WaitingSocket(ClientSocket& socket, const StopSignal& stop, const TimeLimits& times)
    : socket_(socket), stop_(stop), times_(times) {}

// The events that came; 0: the time is up.
short WaitingSocket::poll_for(short events, Time until, AtStop at_stop) const {
  std::array<pollfd, 2> entries{{{.fd = socket_.descriptor.get(), .events = events, .revents = 0},
                                 {.fd = stop_.descriptor(), .events = POLLIN, .revents = 0}}};
  const nfds_t count = at_stop == AtStop::return_at_once ? 2 : 1;
  while (true) {
    const int found = ::poll(entries.data(), count, milliseconds_until(until));
    if (found < 0 && errno != EINTR) return POLLERR;
    if (found > 0) return entries[0].revents != 0 ? entries[0].revents : kStopped;
    if (Clock::now() >= until) return 0;
  }
}

auto WaitingSocket::until_readable(Time until, AtStop at_stop) const -> Wait {
  const auto events = poll_for(POLLIN, until, at_stop);
  if (events == 0) return Wait::late;
  if (events == kStopped) return Wait::stopped;
  return Wait::ready;
}

auto WaitingSocket::pause(Time until, std::chrono::milliseconds half_closed) const -> Wait {
  short watched = kFinished;
  bool gives_up = false;
  while (true) {
    const auto events = poll_for(watched, until, AtStop::return_at_once);
    if (events == 0) return gives_up ? Wait::gone : Wait::late;
    if (events == kStopped) return Wait::stopped;
    if ((events & (POLLERR | POLLHUP)) != 0) return Wait::gone;
    watched = 0;
    const auto limit = Clock::now() + half_closed;
    gives_up = until > limit;
    until = std::min(until, limit);
  }
}

bool WaitingSocket::send_all(std::string_view bytes, AtStop at_stop) const {
  auto until = Clock::now() + times_.write;
  while (!bytes.empty()) {
    const auto count = socket_.send(bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      until = Clock::now() + times_.write;
    } else if (count < 0 && would_block()) {
      const auto events = poll_for(POLLOUT, until, at_stop);
      if (Clock::now() >= until || events == kStopped || (events & (POLLERR | POLLHUP)) != 0) return false;
    } else if (count < 0 && errno != EINTR) {
      return false;
    }
  }
  return true;
}

bool WaitingSocket::send_piece(std::string_view piece) {
  return send_all(piece, AtStop::return_at_once) && has_reader();
}

// Whether a streaming answer still has one: the client is there, and the server is not stopping.
bool WaitingSocket::has_reader() {
  if (stop_.is_sent()) return false;
  const auto events = poll_for(kFinished, Clock::now(), AtStop::go_on);
  if ((events & (POLLERR | POLLHUP)) != 0) return false;
  if ((events & kFinished) == 0) return true;
  if (finished_since_ == Time{}) finished_since_ = Clock::now();
  return Clock::now() < finished_since_ + times_.half_closed;
}

void WaitingSocket::finish(std::chrono::milliseconds linger) const {
  socket_.finish_sending();
  const auto until = Clock::now() + linger;
  std::array<char, 16 * 1024> thrown_away;
  while (!stop_.is_sent()) {
    const auto count = socket_.discard(thrown_away.data(), thrown_away.size());
    if (count > 0 || (count < 0 && errno == EINTR)) {
      if (Clock::now() >= until) return;
      continue;
    }
    if (count == 0 || !would_block()) return;
    if (until_readable(until, AtStop::return_at_once) != Wait::ready) return;
  }
}

}  // namespace vault_mock::net
