// The lists and the deadlines of a loop's connections, and how a connection leaves them.
#include <sys/socket.h>
#include <utility>

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {
namespace {

bool has_spoken(const ClientConnection& connection) {
  char first = 0;
  return ::recv(connection.socket.descriptor.get(), &first, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

}  // namespace

void EventLoop::set_deadline(ClientConnection& connection, Clock::time_point when) {
  clear_deadline(connection);
  connection.deadline = when;
  connection.has_deadline = true;
  deadlines_.emplace(when, &connection);
}

void EventLoop::clear_deadline(ClientConnection& connection) {
  if (!connection.has_deadline) return;
  connection.has_deadline = false;
  deadlines_.erase({connection.deadline, &connection});
}

// The list is in the order of idleness, but for those that a handler is busy with. One that has just spoken
// is not idle, though its event may be in the next batch only.
void EventLoop::drop_idle(std::size_t at_most, Clock::time_point idle_before) {
  while (at_most-- > 0 && !idle_.empty() && idle_.front().idle_since <= idle_before) {
    auto& connection = idle_.front();
    const auto state = connection.state;
    const bool may_be_idle = state == ClientConnection::State::handshaking ||
                             (state == ClientConnection::State::reading && !connection.queued);
    if (!may_be_idle)
      list_busy(connection);
    else if (has_spoken(connection))
      list_idle(connection);
    else
      close(connection);
  }
}

void EventLoop::enqueue(ClientConnection& connection) {
  if (connection.queued) return;
  queue_.push_back(&connection);
  connection.queued = true;
}

void EventLoop::list_busy(ClientConnection& connection) {
  if (!std::exchange(connection.listed_idle, false)) return;
  busy_.splice(busy_.end(), idle_, connection.self);
}

void EventLoop::list_idle(ClientConnection& connection) {
  connection.idle_since = now_;
  idle_.splice(idle_.end(), connection.listed_idle ? idle_ : busy_, connection.self);
  connection.listed_idle = true;
}

// Whoever still names the connection finds it closed; see the header.
void EventLoop::close(ClientConnection& connection) {
  clear_deadline(connection);
  connection.socket.close();
  connection.stream = nullptr;
  connection.state = ClientConnection::State::closed;
  closed_.splice(closed_.end(), connection.listed_idle ? idle_ : busy_, connection.self);
  count_.fetch_sub(1, std::memory_order_relaxed);
  if (accepting_paused_) accept_again_ = now_;
}

void EventLoop::bury_closed() {
  if (closed_.empty()) return;
  closed_.remove_if([](const ClientConnection& connection) { return !connection.queued; });
}

}  // namespace vault_mock::net
