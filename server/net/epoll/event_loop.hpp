// The heart of the connection layer: one epoll instance, its connections and their deadlines, driven by one
// thread at a time, its owner. There is one loop more than processors. A request is answered where it is
// read, without handing it over.
//
// Ownership. Everything in a loop belongs to its owner, so nothing in it is locked. While the owner runs a
// handler it does not touch the loop, and the loop can be taken from it by the supervisor (epoll_server.cpp),
// when the handler has been at it for some milliseconds: it blocks. Then another thread drives the loop, and
// the first one, when it has its answer, posts the connection to the loop's mailbox and ends. `epoch_`
// settles who owns: even while the owner is inside the loop, odd while it is in a handler; whoever raises it
// from an odd number to the next owns the loop from then on.
//
// Who owns a connection. It is a node of exactly one list at a time, and only moves from list to list: the
// mailbox of the loop it was given to (`adopted_`), then `idle_` and `busy_`, at last `closed_`. Everything
// else that names one does so by a plain pointer: the events of the present batch, `queue_`, `deadlines_`,
// the mailbox of those given back, the thread that answers. No such pointer outlives what it points to,
// because
//
//   - close() frees nothing. It closes the socket at once, strikes the deadline, and moves the connection to
//     `closed_`, in State::closed. Whoever meets one in that state passes on.
//   - `closed_` is emptied by bury_closed() alone, which wait() calls when the batch is through and no piece
//     of work is under way. One that the queue still names stays until it has had its turn there.
//   - One in State::answering is never closed by the loop; it comes back through the mailbox first.
//
// What is thrown while a connection is worked on (there is no memory, say) costs that connection and is told
// to the handler; the thread and the loop go on.
//
// Threads: run() by one thread at a time; adopt(), give_back(), wake(), take_from_blocked() and count() by
// any.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <set>
#include <string>
#include <sys/epoll.h>
#include <utility>

#include "net/descriptor.hpp"
#include "net/epoll/client_connection.hpp"
#include "net/handler.hpp"
#include "net/limits.hpp"
#include "net/listener.hpp"
#include "net/request/request_reader.hpp"
#include "net/stop_signal.hpp"
#include "text/mutex.hpp"

namespace vault_mock::net {

class EventLoop;

// What a loop needs of the server around it.
class LoopHost {
 public:
  virtual ~LoopHost() = default;
  // The loop with the fewest connections, for a new one.
  virtual EventLoop& lightest() = 0;
  // A handler begins; the supervisor must be awake.
  virtual void handler_begins() = 0;
  // The loop has taken the last connections from the listener.
  virtual void left_listener() = 0;
  virtual bool listener_left_by_all() const = 0;
  virtual const StopSignal& stop_signal() const = 0;
};

class EventLoop {
 public:
  EventLoop(LoopHost& host, Handler& handler, const Listener& listener, const RequestLimits& limits,
            const TimeLimits& times);
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // What a thread needs to drive a loop. Made before the thread, so that one that runs lacks nothing.
  struct Thread;  // loop_thread.hpp

  // Takes new clients from those endpoints of the listener that it does not watch yet. For the owner, and
  // before run(). False: the system does not let it, for now.
  bool watch_listener();

  enum class LoopEnd {
    done,  // stopped: every connection has ended
    lost,  // another thread drives the loop now
  };
  LoopEnd run(Thread& thread);

  void adopt(std::list<ClientConnection> connections);  // as a list, because that moves without copying
  void give_back(ClientConnection& connection);         // its answer is ready
  void wake();                                          // safe in a signal handler

  // For the supervisor. A number that changes with each handler; odd while one runs.
  std::uint64_t epoch() const { return epoch_.load(); }
  bool take_from_blocked(std::uint64_t epoch);

  std::size_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  enum class Ownership { kept, lost };
  // What a piece of work on a connection left behind.
  enum class WorkResult {
    more,    // it is reading, and has taken all input there was
    parked,  // it waits for something else: an event, a deadline, its turn in the queue
    closed,  // it has no socket any more
    lost,    // the loop belongs to another thread; nothing of it may be touched
  };
  static constexpr int kAcceptAtOnce = 64;

  // Waiting and timing: event_loop.cpp.
  void wait();
  std::chrono::nanoseconds time_to_wait() const;
  Ownership go_on(Thread& thread);
  Ownership handle_events(Thread& thread);
  Ownership work_off_queue(Thread& thread);
  void empty_mailbox();
  Ownership meet_deadlines(Thread& thread);
  // Does a piece of work on a connection that may be closed, and closes it when something is thrown. While a
  // handler runs, nothing may be: the loop would perhaps not be ours any more.
  template <typename Work>
  WorkResult guarded(ClientConnection& connection, Work work);
  void tell_of_exception() noexcept;

  // Which list a connection is in, and when its time is up: connection_lists.cpp.
  void set_deadline(ClientConnection& connection, Clock::time_point when);
  void clear_deadline(ClientConnection& connection);
  void drop_idle(std::size_t at_most, Clock::time_point idle_before);
  void enqueue(ClientConnection& connection);
  void list_busy(ClientConnection& connection);
  void list_idle(ClientConnection& connection);
  void close(ClientConnection& connection);
  void bury_closed();

  // The stop: stop.cpp.
  void begin_stop();
  void hasten(ClientConnection& connection);
  void continue_stop();
  bool stopped();

  // New connections: accept.cpp.
  void leave_listener();
  const Listener::Endpoint* endpoint_of(const void* source) const;
  void accept_from(const Listener::Endpoint& endpoint, int at_most);
  void welcome(std::list<ClientConnection>& fresh);
  void pause_accepting();
  void make_room();
  void resume_accepting();

  // The way of a request: receive.cpp.
  WorkResult handle(Thread& thread, ClientConnection& connection, std::uint32_t events);
  WorkResult shake_hands(Thread& thread, ClientConnection& connection);
  void go_on_later(ClientConnection& connection);
  WorkResult resume(Thread& thread, ClientConnection& connection);
  WorkResult read(Thread& thread, ClientConnection& connection);
  WorkResult consume(Thread& thread, ClientConnection& connection, std::string_view input);
  WorkResult answer(Thread& thread, ClientConnection& connection, std::string_view leftover);
  template <typename Make>
  WorkResult in_handler(Thread& thread, ClientConnection& connection, std::string_view leftover, Make make);
  WorkResult settle(ClientConnection& connection, std::string& answer);
  void take_back(ClientConnection& connection);
  WorkResult refuse(Thread& thread, ClientConnection& connection, Refusal refusal);
  void send_continue(ClientConnection& connection);
  void discard_input(Thread& thread, ClientConnection& connection);

  // The way of an answer: deliver.cpp. False: the connection is closed.
  bool deliver(ClientConnection& connection, std::string& answer);
  bool hold(ClientConnection& connection, ClientConnection::State state, Clock::time_point until);
  void limit_wait(ClientConnection& connection);
  bool send_more(ClientConnection& connection);
  void watch_output(ClientConnection& connection);
  bool end(ClientConnection& connection);
  bool await_piece(ClientConnection& connection);
  bool send_piece(ClientConnection& connection);
  WorkResult on_deadline(Thread& thread, ClientConnection& connection);

  LoopHost& host_;
  Handler& handler_;
  const Listener& listener_;
  const RequestLimits limits_;
  const TimeLimits times_;

  // The owner's.
  Descriptor epoll_;
  Descriptor wake_event_;
  std::array<epoll_event, 128> events_{};
  std::size_t event_count_ = 0;
  std::size_t next_event_ = 0;
  std::list<ClientConnection>
      idle_;  // handshaking, or reading and none of a request here; the longest idle first
  std::list<ClientConnection> busy_;
  std::list<ClientConnection> closed_;
  std::deque<ClientConnection*> queue_;  // to go on with
  std::set<std::pair<Clock::time_point, ClientConnection*>> deadlines_;
  Clock::time_point now_{};
  Clock::time_point accept_again_{};  // while accepting is paused
  bool accepting_paused_ = false;
  bool lacks_room_ = false;  // a newcomer found no descriptor left
  bool mail_ = true;
  bool stopping_ = false;
  bool cut_off_ = false;  // the stop's deadline has passed
  Clock::time_point stop_deadline_{};

  // Anyone's.
  std::atomic<std::uint64_t> epoch_{0};
  std::atomic<std::size_t> count_{0};
  text::Mutex mutex_;  // protects the following
  std::list<ClientConnection> adopted_ GUARDED_BY(mutex_);
  ClientConnection* given_back_ GUARDED_BY(mutex_) = nullptr;  // the last; each names the one before it
};

template <typename Work>
auto EventLoop::guarded(ClientConnection& connection, Work work) -> WorkResult {
  if (connection.state == ClientConnection::State::closed) return WorkResult::closed;
  try {
    return work();
  } catch (...) {
    tell_of_exception();
    if (connection.state != ClientConnection::State::closed) close(connection);
    return WorkResult::closed;
  }
}

}  // namespace vault_mock::net
