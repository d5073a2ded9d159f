// The way of an answer: from the handler to the socket, as its Delivery says.
#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

#include "net/epoll/answer_writer.hpp"
#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {
namespace {

using State = ClientConnection::State;

// A stream whose pieces want no pause leaves the loop to others all the same.
constexpr std::chrono::milliseconds kShortestPause{1};

}  // namespace

bool EventLoop::deliver(ClientConnection& connection, std::string& answer) {
  const auto plan = plan_of(connection.delivery, connection.ending, stopping_, answer);
  auto& out = connection.out;
  out.sent = 0;
  out.allowed = plan.at_once;
  out.step = plan.step;
  out.gap = plan.gap;
  connection.ending = plan.ending;
  if (plan.hangs) {
    if (connection.peer_finished) return end(connection);
    return hold(connection, State::hanging, Clock::now() + plan.delay);
  }
  if (plan.delay.count() > 0) {
    out.bytes = std::move(answer);
    return hold(connection, State::waiting, Clock::now() + plan.delay);
  }
  if (answer.empty()) return end(connection);

  // Nearly always the socket takes all of it, and nothing is copied.
  const auto now = std::min(out.allowed, answer.size());
  const auto count = connection.socket.send(answer.data(), now);
  if (count == static_cast<ssize_t>(answer.size())) return end(connection);
  out.bytes.assign(answer);
  out.sent = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  return send_more(connection);
}

bool EventLoop::hold(ClientConnection& connection, State state, Clock::time_point until) {
  connection.state = state;
  connection.given_up = false;
  list_busy(connection);
  set_deadline(connection, until);
  if (state == State::waiting && connection.peer_finished) limit_wait(connection);
  return true;
}

// For a client that has closed its side; see TimeLimits::half_closed.
void EventLoop::limit_wait(ClientConnection& connection) {
  const auto limit = Clock::now() + times_.half_closed;
  if (connection.deadline <= limit) return;
  set_deadline(connection, limit);
  connection.given_up = true;
}

bool EventLoop::send_more(ClientConnection& connection) {
  auto& out = connection.out;
  const auto allowed = std::min(out.allowed, out.bytes.size());
  while (out.sent < allowed) {
    const auto count = connection.socket.send(out.bytes.data() + out.sent, allowed - out.sent);
    if (count >= 0) {
      out.sent += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      watch_output(connection);
      return hold(connection, State::sending, now_ + times_.write);
    } else if (errno != EINTR) {
      close(connection);
      return false;
    }
  }
  if (allowed < out.bytes.size()) {
    out.allowed = allowed + out.step;
    return hold(connection, State::waiting, Clock::now() + out.gap);
  }
  return end(connection);
}

void EventLoop::watch_output(ClientConnection& connection) {
  if (std::exchange(connection.output_watched, true)) return;
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &connection;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, connection.socket.descriptor.get(), &event);
}

// All is sent.
bool EventLoop::end(ClientConnection& connection) {
  clear_deadline(connection);
  if (connection.out.bytes.capacity() > 0) connection.out = {};
  if (connection.stream) return await_piece(connection);
  switch (connection.ending) {
    case Ending::keep:
      connection.state = State::reading;
      list_idle(connection);
      return true;
    case Ending::close:  // in stages (RFC 9112, 9.6)
      connection.input.clear();
      if (stopping_) break;
      connection.socket.finish_sending();
      enqueue(connection);  // to read what is there already; unread, it would turn the close into a reset
      return hold(connection, State::lingering, now_ + times_.linger);
    case Ending::reset:
      connection.socket.reset_at_close();
      break;
  }
  close(connection);
  return false;
}

bool EventLoop::await_piece(ClientConnection& connection) {
  return hold(connection, State::streaming, Clock::now() + connection.stream->pause);
}

// A client that has closed its side reads on for a while, see TimeLimits::half_closed.
bool EventLoop::send_piece(ClientConnection& connection) {
  auto& stream = *connection.stream;
  if (connection.peer_finished && stream.finished_since == Clock::time_point{}) stream.finished_since = now_;
  if (stopping_ || (connection.peer_finished && now_ >= stream.finished_since + times_.half_closed)) {
    close(connection);
    return false;
  }
  auto piece = stream.next_piece();
  stream.pause = std::max(piece.pause, kShortestPause);
  if (piece.bytes.empty()) return await_piece(connection);
  auto& out = connection.out;
  out = {};
  if (stream.in_chunks)
    write_chunk(out.bytes, piece.bytes);
  else
    out.bytes = std::move(piece.bytes);
  out.allowed = out.bytes.size();
  return send_more(connection);
}

auto EventLoop::on_deadline(Thread& thread, ClientConnection& connection) -> WorkResult {
  switch (connection.state) {
    case State::handshaking:
      close(connection);
      break;
    case State::reading:
      return refuse(thread, connection, {408, "the request did not arrive in time"});
    case State::waiting:
      if (connection.given_up)
        close(connection);
      else if (send_more(connection))
        go_on_later(connection);
      break;
    case State::hanging:
      if (end(connection)) go_on_later(connection);
      break;
    case State::streaming:
      send_piece(connection);
      break;
    case State::sending:
    case State::lingering:
      close(connection);
      break;
    case State::answering:
    case State::closed:
      break;
  }
  return WorkResult::parked;
}

}  // namespace vault_mock::net
