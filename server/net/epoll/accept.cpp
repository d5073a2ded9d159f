// New connections: from the listener into a loop.
#include <cerrno>
#include <memory>
#include <poll.h>
#include <sys/socket.h>

#include "net/epoll/event_loop.hpp"

namespace vault_mock::net {
namespace {

constexpr std::chrono::milliseconds kAcceptPause{50};
// When descriptors run out, up to this many connections that are idle make room for new ones at a time.
constexpr std::size_t kMakeRoomFor = 64;

bool out_of_resources(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

bool somebody_waits(int listening) {
  pollfd entry{.fd = listening, .events = POLLIN, .revents = 0};
  return ::poll(&entry, 1, 0) != 0;
}

}  // namespace

// Exclusive: a new client wakes one loop, not all.
bool EventLoop::watch_listener() {
  bool all = true;
  for (const auto& endpoint : listener_.endpoints()) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLEXCLUSIVE;
    event.data.ptr = const_cast<Listener::Endpoint*>(&endpoint);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, endpoint.socket, &event) != 0 && errno != EEXIST)
      all = false;
  }
  return all;
}

void EventLoop::leave_listener() {
  for (const auto& endpoint : listener_.endpoints())
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, endpoint.socket, nullptr);
  accepting_paused_ = false;
}

const Listener::Endpoint* EventLoop::endpoint_of(const void* source) const {
  for (const auto& endpoint : listener_.endpoints())
    if (&endpoint == source) return &endpoint;
  return nullptr;
}

void EventLoop::accept_from(const Listener::Endpoint& endpoint, int at_most) {
  while (at_most-- > 0) {
    Descriptor socket(::accept4(endpoint.socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) {
      if (out_of_resources(errno)) {
        // Where no descriptor is left the system says so before it looks whether anybody waits.
        if (somebody_waits(endpoint.socket)) pause_accepting();
        return;
      }
      if (errno == EAGAIN || errno == EINVAL || errno == EBADF) return;
      continue;  // that client is gone already
    }
    try {
      std::list<ClientConnection> fresh(1);
      auto& connection = fresh.front();
      if (endpoint.tls) {
        connection.socket.tls = std::make_unique<TlsChannel>(*endpoint.tls, socket.get());
        connection.state = ClientConnection::State::handshaking;
      }
      connection.socket.descriptor = std::move(socket);
      auto& loop = host_.lightest();
      loop.count_.fetch_add(1, std::memory_order_relaxed);
      if (&loop == this)
        welcome(fresh);
      else
        loop.adopt(std::move(fresh));
    } catch (...) {
      tell_of_exception();
      return pause_accepting();
    }
  }
}

void EventLoop::welcome(std::list<ClientConnection>& fresh) {
  while (!fresh.empty()) {
    idle_.splice(idle_.end(), fresh, fresh.begin());
    auto& connection = idle_.back();
    connection.self = std::prev(idle_.end());
    connection.idle_since = now_;
    guarded(connection, [&] {
      epoll_event event{};
      event.events = EPOLLIN | EPOLLRDHUP | EPOLLET;
      event.data.ptr = &connection;
      if (connection.socket.tls) {  // which may have to write in order to read
        event.events |= EPOLLOUT;
        connection.output_watched = true;
        set_deadline(connection, now_ + times_.handshake);
      }
      if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connection.socket.descriptor.get(), &event) != 0)
        close(connection);
      else if (stopping_)
        hasten(connection);
      return WorkResult::parked;
    });
  }
}

// Room is made when the events of this batch are through: those who have spoken in it are then not idle.
void EventLoop::pause_accepting() {
  leave_listener();
  lacks_room_ = accepting_paused_ = !stopping_;
  accept_again_ = now_ + kAcceptPause;
}

void EventLoop::make_room() {
  lacks_room_ = false;
  drop_idle(kMakeRoomFor, now_ - kIdleEnough);
}

void EventLoop::resume_accepting() {
  accepting_paused_ = !watch_listener();
  accept_again_ = now_ + kAcceptPause;
}

}  // namespace vault_mock::net
