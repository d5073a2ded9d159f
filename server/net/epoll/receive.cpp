// The way of a request: from the socket, through the reader, to the handler.
#include <cerrno>
#include <sys/socket.h>

#include "net/epoll/answer_writer.hpp"
#include "net/epoll/event_loop.hpp"
#include "net/epoll/exchange.hpp"
#include "net/epoll/loop_thread.hpp"

namespace vault_mock::net {
namespace {

using State = ClientConnection::State;
constexpr int kRequestsAtOnce = 32;  // of one client, before the others have their turn

// False: there is no memory for it.
bool write_refusal(std::string& to, Handler& handler, const Refusal& refusal) noexcept {
  try {
    Framing framing;
    const auto answer = respond(handler, refusal, framing);
    write_answer(to, answer, framing);
    return true;
  } catch (...) {
    report_exception(handler);
    return false;
  }
}

}  // namespace

auto EventLoop::handle(Thread& thread, ClientConnection& connection, std::uint32_t events) -> WorkResult {
  if (connection.state == State::answering) {
    connection.missed_events |= events;
    return WorkResult::parked;
  }
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) {  // nobody is left to read an answer
    if (connection.state == State::lingering)
      discard_input(thread, connection);  // to its end
    else
      close(connection);
    return WorkResult::closed;
  }
  if ((events & EPOLLRDHUP) != 0) connection.peer_finished = true;
  if ((events & (EPOLLIN | EPOLLRDHUP)) != 0) connection.input_waiting = true;

  switch (connection.state) {
    case State::handshaking:
      return shake_hands(thread, connection);
    case State::reading:
      // Requests that wait in the queue come before those that wait in the socket.
      return connection.queued ? WorkResult::parked : read(thread, connection);
    case State::sending:
      if ((events & EPOLLOUT) != 0 && send_more(connection)) go_on_later(connection);
      break;
    case State::hanging:
      if (connection.peer_finished) close(connection);
      break;
    case State::lingering:
      discard_input(thread, connection);
      break;
    case State::waiting:
      if (connection.peer_finished) limit_wait(connection);
      break;
    case State::streaming:  // when its next piece is due
    case State::answering:
    case State::closed:
      break;
  }
  return WorkResult::parked;
}

auto EventLoop::shake_hands(Thread& thread, ClientConnection& connection) -> WorkResult {
  switch (connection.socket.tls->shake_hands()) {
    case TlsChannel::Handshake::unfinished:
      return WorkResult::parked;
    case TlsChannel::Handshake::failed:
      close(connection);
      return WorkResult::closed;
    case TlsChannel::Handshake::plain:
      connection.socket.tls.reset();
      return refuse(thread, connection, {400, "this port speaks HTTPS: the URL must begin with https://"});
    case TlsChannel::Handshake::done:
      break;
  }
  clear_deadline(connection);
  connection.state = State::reading;
  list_idle(connection);
  return read(thread, connection);
}

void EventLoop::go_on_later(ClientConnection& connection) {
  if (connection.state != State::reading) return;
  if (!connection.input.empty() || connection.input_waiting || connection.peer_finished || stopping_)
    enqueue(connection);
}

auto EventLoop::resume(Thread& thread, ClientConnection& connection) -> WorkResult {
  if (connection.state == State::lingering) {
    discard_input(thread, connection);
    return WorkResult::parked;
  }
  if (connection.state != State::reading) return WorkResult::parked;
  if (!connection.input.empty()) {
    std::string input;
    input.swap(connection.input);
    if (const auto result = consume(thread, connection, input); result != WorkResult::more) return result;
  }
  return read(thread, connection);
}

auto EventLoop::read(Thread& thread, ClientConnection& connection) -> WorkResult {
  connection.input_waiting = false;
  while (true) {
    const auto count = connection.socket.receive(thread.buffer.data(), thread.buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (count <= 0) {  // gone, or done: a client that only finished sending has had its answers by now
      close(connection);
      return WorkResult::closed;
    }
    const auto size = static_cast<std::size_t>(count);
    const bool drained =
        connection.socket.has_taken_all(size, thread.buffer.size(), connection.peer_finished);
    const auto result = consume(thread, connection, {thread.buffer.data(), size});
    if (result == WorkResult::parked) connection.input_waiting = connection.input_waiting || !drained;
    if (result != WorkResult::more) return result;
    if (drained && !stopping_) break;
  }
  if (stopping_ && !connection.reader.started()) {
    close(connection);
    return WorkResult::closed;
  }
  return WorkResult::more;
}

auto EventLoop::consume(Thread& thread, ClientConnection& connection, std::string_view input) -> WorkResult {
  for (int count = 0; !input.empty(); ++count) {
    if (count == kRequestsAtOnce) {
      connection.input.assign(input);
      enqueue(connection);
      return WorkResult::parked;
    }
    switch (connection.reader.read(input, limits_, thread.received)) {
      case RequestReader::Progress::incomplete:
        if (!connection.reader.started()) break;  // only blank lines
        if (!connection.has_deadline) {
          set_deadline(connection,
                       now_ + (stopping_ ? std::min(times_.request, kStopGrace) : times_.request));
          list_busy(connection);
        }
        if (connection.reader.take_wants_continue()) send_continue(connection);
        break;
      case RequestReader::Progress::refused:
        return refuse(thread, connection, thread.received.refusal);
      case RequestReader::Progress::complete: {
        clear_deadline(connection);
        const auto result = answer(thread, connection, input);
        if (result == WorkResult::parked) connection.input.assign(input);
        if (result != WorkResult::more) return result;
      }
    }
  }
  return WorkResult::more;
}

auto EventLoop::answer(Thread& thread, ClientConnection& connection, std::string_view leftover)
    -> WorkResult {
  auto& request = thread.received.request;
  if (connection.socket.tls) request.scheme = Scheme::https;
  const auto framing = framing_of(request, stopping_);
  return in_handler(thread, connection, leftover, [&]() noexcept {
    Exchange exchange{.handler = handler_, .request = request, .framing = framing, .bytes = thread.answer};
    connection.broken = !net::run(exchange);
    connection.delivery = exchange.delivery;
    connection.stream = std::move(exchange.stream);
    connection.ending = exchange.framing.close ? Ending::close : Ending::keep;
  });
}

auto EventLoop::refuse(Thread& thread, ClientConnection& connection, Refusal refusal) -> WorkResult {
  clear_deadline(connection);
  connection.input.clear();
  return in_handler(thread, connection, {}, [&]() noexcept {
    connection.broken = !write_refusal(thread.answer, handler_, refusal);
    connection.delivery = {};
    connection.ending = Ending::close;
  });
}

// Has `make`, which throws nothing, make the answer. Meanwhile the loop can be taken from this thread.
template <typename Make>
auto EventLoop::in_handler(Thread& thread, ClientConnection& connection, std::string_view leftover, Make make)
    -> WorkResult {
  thread.answer.clear();
  connection.state = State::answering;
  connection.missed_events = 0;
  auto epoch = epoch_.load(std::memory_order_relaxed) + 1;
  epoch_.exchange(epoch);
  host_.handler_begins();
  make();
  if (epoch_.compare_exchange_strong(epoch, epoch + 1)) return settle(connection, thread.answer);

  // The loop is another thread's now. The connection is still ours, until we give it back.
  try {
    connection.input.assign(leftover);
  } catch (...) {
    connection.broken = true;
  }
  connection.out.bytes.swap(thread.answer);
  give_back(connection);
  return WorkResult::lost;
}

// The answer is here, and so is the loop.
auto EventLoop::settle(ClientConnection& connection, std::string& answer) -> WorkResult {
  if (connection.broken) {
    close(connection);
    return WorkResult::closed;
  }
  if (!deliver(connection, answer)) return WorkResult::closed;
  return connection.state == State::reading ? WorkResult::more : WorkResult::parked;
}

void EventLoop::take_back(ClientConnection& connection) {
  const auto events = connection.missed_events;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) return close(connection);
  if ((events & EPOLLRDHUP) != 0) connection.peer_finished = true;
  connection.input_waiting = true;
  if (stopping_ && connection.ending == Ending::keep) connection.ending = Ending::close;
  std::string answer;
  answer.swap(connection.out.bytes);
  if (settle(connection, answer) == WorkResult::more) go_on_later(connection);
}

void EventLoop::send_continue(ClientConnection& connection) {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  // The socket has room: nothing is under way. If the client is gone, the next read tells.
  [[maybe_unused]] const auto sent = connection.socket.send(kContinue.data(), kContinue.size());
}

void EventLoop::discard_input(Thread& thread, ClientConnection& connection) {
  while (true) {
    const auto count = connection.socket.discard(thread.buffer.data(), thread.buffer.size());
    if (count > 0 || (count < 0 && errno == EINTR)) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    return close(connection);
  }
}

}  // namespace vault_mock::net
