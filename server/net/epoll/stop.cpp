// How a loop stops: what is being answered may finish, the rest is cut short.
#include <algorithm>
#include <sys/socket.h>

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {

void EventLoop::begin_stop() {
  stopping_ = true;
  stop_deadline_ = now_ + times_.drain;
  for (const auto& endpoint : listener_.endpoints()) accept_from(endpoint, kAcceptAtOnce);
  leave_listener();
  host_.left_listener();
  for (auto& connection : idle_) hasten(connection);
  for (auto& connection : busy_) hasten(connection);
}

// A stop makes short work of whatever is not being answered. What closes a connection is left to the queue
// and the deadlines, as the caller is walking the lists.
void EventLoop::hasten(ClientConnection& connection) {
  switch (connection.state) {
    case ClientConnection::State::handshaking:
      set_deadline(connection, std::min(connection.deadline, now_ + kStopGrace));
      break;
    case ClientConnection::State::reading:
      if (connection.reader.started()) {
        set_deadline(connection, std::min(connection.deadline, now_ + kStopGrace));
      } else {
        connection.input_waiting = true;
        enqueue(connection);
      }
      break;
    case ClientConnection::State::waiting:
      connection.given_up = false;
      connection.out.allowed = connection.out.bytes.size();
      set_deadline(connection, now_);
      break;
    case ClientConnection::State::hanging:
    case ClientConnection::State::streaming:
    case ClientConnection::State::lingering:
      set_deadline(connection, now_);
      break;
    case ClientConnection::State::sending:
      connection.out.allowed = connection.out.bytes.size();
      break;
    case ClientConnection::State::answering:
    case ClientConnection::State::closed:
      break;
  }
}

// Past the deadline only handlers may be left. Their sockets are shut, so that a stream notices.
void EventLoop::continue_stop() {
  if (now_ < stop_deadline_ || cut_off_) return;
  cut_off_ = true;
  stop_deadline_ = now_ + kStopGrace;
  for (auto* list : {&idle_, &busy_}) {
    for (auto at = list->begin(); at != list->end();) {
      auto& connection = *at++;
      if (connection.state == ClientConnection::State::answering)
        ::shutdown(connection.socket.descriptor.get(), SHUT_RDWR);
      else
        close(connection);
    }
  }
}

bool EventLoop::stopped() {
  if (cut_off_ && now_ >= stop_deadline_) return true;
  if (!idle_.empty() || !busy_.empty() || !host_.listener_left_by_all()) return false;
  const text::MutexLock lock(mutex_);
  return adopted_.empty();
}

}  // namespace vault_mock::net
