#include "net/epoll/streaming.hpp"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

namespace vault_mock::net {
namespace {

// How often a waiting thread looks whether the server stops, and whether the client is there.
constexpr std::chrono::milliseconds kStopLook{100};

short poll_for(int socket, short events, std::chrono::milliseconds time) {
  pollfd entry{.fd = socket, .events = events, .revents = 0};
  return ::poll(&entry, 1, static_cast<int>(time.count())) > 0 ? entry.revents : short{0};
}

}  // namespace

bool Streaming::begin(std::chrono::microseconds delay) {
  if (!loop_.hand_over(epoch_)) return false;
  const auto until = Clock::now() + delay;
  for (auto now = Clock::now(); now < until && !host_.stopping() && is_wanted(); now = Clock::now())
    std::this_thread::sleep_for(std::min<Clock::duration>(until - now, kStopLook));
  return true;
}

bool Streaming::send(std::string_view bytes) {
  auto deadline = Clock::now() + times_.write;
  while (!bytes.empty()) {
    if (host_.stopping()) return false;
    const auto count = connection_.socket.send(bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      deadline = Clock::now() + times_.write;
      continue;
    }
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return false;
    if (Clock::now() >= deadline) return false;
    poll_for(connection_.socket.descriptor.get(), POLLOUT, kStopLook);
  }
  return true;
}

bool Streaming::is_wanted() const {
  if (host_.stopping()) return false;
  const auto events = poll_for(connection_.socket.descriptor.get(), POLLRDHUP, std::chrono::milliseconds(0));
  if ((events & (POLLERR | POLLHUP)) != 0) return false;
  if ((events & POLLRDHUP) == 0) return true;
  // It went away, or has only said all it had to say: see client_connection.hpp.
  if (finished_since_ == Clock::time_point{}) finished_since_ = Clock::now();
  return Clock::now() < finished_since_ + times_.half_closed;
}

}  // namespace vault_mock::net
