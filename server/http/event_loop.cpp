#include "http/event_loop.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "http/httplib_server.hpp"
#include "http/loop_thread.hpp"

namespace vault_mock::http {
namespace {

constexpr auto kForever = std::chrono::nanoseconds::max();

int checked(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return descriptor;
}

// Waits with the precision of the clock where the kernel can (5.11), else with that of a millisecond.
int wait_for_events(int epoll, epoll_event* events, int size, std::chrono::nanoseconds time) {
#ifdef SYS_epoll_pwait2
  static std::atomic<bool> precise{true};
  if (time != kForever && time.count() != 0 && precise.load(std::memory_order_relaxed)) {
    timespec limit{};
    limit.tv_sec = static_cast<time_t>(time.count() / 1'000'000'000);
    limit.tv_nsec = static_cast<long>(time.count() % 1'000'000'000);
    const auto count = ::syscall(SYS_epoll_pwait2, epoll, events, size, &limit, nullptr, 0);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return static_cast<int>(count);
    precise = false;
  }
#endif
  constexpr std::chrono::nanoseconds kLongest = std::chrono::hours(1);
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(std::min(time, kLongest)).count();
  return ::epoll_wait(epoll, events, size, time == kForever ? -1 : static_cast<int>(rounded));
}

}  // namespace

EventLoop::EventLoop(LoopHost& host, HttplibServer& server, const Listener& listener,
                     const RequestLimits& limits, const TimeLimits& times)
    : host_(host), server_(server), listener_(listener), limits_(limits), times_(times) {
  epoll_ = checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  wake_event_ = checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;  // edge-triggered: each write() is told once, and nobody needs to read it
  checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_event_, &event), "epoll_ctl");
}

EventLoop::~EventLoop() {
  for (auto* list : {&idle_, &busy_, &adopted_})
    for (auto& connection : *list) ::close(connection.socket);
  ::close(wake_event_);
  ::close(epoll_);
}

void EventLoop::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_event_, &one, sizeof one);
}

bool EventLoop::take_from_blocked(std::uint64_t section) {
  return section % 2 == 1 && section_.compare_exchange_strong(section, section + 1);
}

bool EventLoop::hand_over(std::uint64_t& section) {
  if (!take_from_blocked(section)) return true;  // the supervisor was quicker
  if (host_.start_thread(*this)) return true;
  section += 2;
  section_ = section;
  return false;
}

auto EventLoop::run() -> Outcome {
  const auto thread = std::make_unique<Thread>();
  now_ = Clock::now();
  while (true) {
    if (go_on(*thread) == Hold::lost) return Outcome::lost;
    if (stopping_ && stopped()) return Outcome::done;
    wait();
  }
}

void EventLoop::wait() {
  const int count = wait_for_events(epoll_, events_.data(), static_cast<int>(events_.size()), time_to_wait());
  event_count_ = static_cast<std::size_t>(std::max(count, 0));
  next_event_ = 0;
  now_ = Clock::now();
}

std::chrono::nanoseconds EventLoop::time_to_wait() const {
  if (!queue_.empty() || mail_) return std::chrono::nanoseconds(0);
  auto next = Clock::time_point::max();
  if (!deadlines_.empty()) next = deadlines_.begin()->first;
  if (!idle_.empty()) next = std::min(next, idle_.front().idle_since + times_.idle);
  if (accepting_paused_) next = std::min(next, accept_again_);
  if (stopping_) next = std::min(next, stop_deadline_);
  if (next == Clock::time_point::max()) return kForever;
  return std::max(std::chrono::nanoseconds(0), std::chrono::nanoseconds(next - Clock::now()));
}

auto EventLoop::go_on(Thread& thread) -> Hold {
  while (next_event_ < event_count_) {
    const auto event = events_[next_event_++];
    if (event.data.ptr == nullptr) {
      mail_ = true;
    } else if (const auto* door = door_of(event.data.ptr)) {
      accept_from(*door, kAcceptAtOnce);
    } else {
      auto& connection = *static_cast<Connection*>(event.data.ptr);
      if (handle(thread, connection, event.events) == Step::lost) return Hold::lost;
    }
  }
  for (auto left = queue_.size(); left > 0 && !queue_.empty(); --left) {
    auto& connection = *queue_.front();
    queue_.pop_front();
    connection.queued = false;
    if (resume(thread, connection) == Step::lost) return Hold::lost;
  }
  if (mail_) empty_mailbox();
  meet_deadlines(thread);
  return Hold::kept;
}

void EventLoop::adopt(std::list<Connection> connections) {
  {
    const std::lock_guard lock(mutex_);
    adopted_.splice(adopted_.end(), connections);
  }
  wake();
}

void EventLoop::give_back(Connection& connection) {
  {
    const std::lock_guard lock(mutex_);
    given_back_.push_back(&connection);
  }
  wake();
}

void EventLoop::empty_mailbox() {
  mail_ = false;
  std::list<Connection> adopted;
  std::vector<Connection*> given_back;
  {
    const std::lock_guard lock(mutex_);
    adopted.swap(adopted_);
    given_back.swap(given_back_);
  }
  if (!adopted.empty()) welcome(adopted);
  for (auto* connection : given_back) take_back(*connection);
  if (host_.stopping() && !stopping_) begin_stop();
}

void EventLoop::meet_deadlines(Thread& thread) {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now_) {
    auto& connection = *deadlines_.begin()->second;
    clear_deadline(connection);
    on_deadline(thread, connection);
  }
  drop_idle(idle_.size(), now_ - times_.idle);
  if (accepting_paused_ && accept_again_ <= now_) {
    accepting_paused_ = false;
    watch_listener();
  }
  if (stopping_) continue_stop();
}

void EventLoop::set_deadline(Connection& connection, Clock::time_point when) {
  clear_deadline(connection);
  connection.deadline = when;
  connection.has_deadline = true;
  deadlines_.emplace(when, &connection);
}

void EventLoop::clear_deadline(Connection& connection) {
  if (!connection.has_deadline) return;
  connection.has_deadline = false;
  deadlines_.erase({connection.deadline, &connection});
}

// The list is in the order of idleness, but for those that a handler is busy with.
void EventLoop::drop_idle(std::size_t at_most, Clock::time_point idle_before) {
  while (at_most-- > 0 && !idle_.empty() && idle_.front().idle_since <= idle_before) {
    auto& connection = idle_.front();
    const auto state = connection.state;
    if (state == Connection::State::handshaking ||
        (state == Connection::State::reading && !connection.queued))
      close(connection);
    else
      list_busy(connection);
  }
}

void EventLoop::enqueue(Connection& connection) {
  if (std::exchange(connection.queued, true)) return;
  queue_.push_back(&connection);
}

void EventLoop::list_busy(Connection& connection) {
  if (!std::exchange(connection.listed_idle, false)) return;
  busy_.splice(busy_.end(), idle_, connection.self);
}

void EventLoop::list_idle(Connection& connection) {
  connection.idle_since = now_;
  idle_.splice(idle_.end(), connection.listed_idle ? idle_ : busy_, connection.self);
  connection.listed_idle = true;
}

void EventLoop::close(Connection& connection) {
  clear_deadline(connection);
  if (connection.queued) std::erase(queue_, &connection);
  if (connection.tls && connection.ending != Connection::Ending::reset) connection.tls->say_end();
  ::close(connection.socket);
  (connection.listed_idle ? idle_ : busy_).erase(connection.self);
  count_.fetch_sub(1, std::memory_order_relaxed);
  if (accepting_paused_) accept_again_ = now_;
}

void EventLoop::begin_stop() {
  stopping_ = true;
  stop_deadline_ = now_ + times_.drain;
  for (const auto& door : listener_.doors()) accept_from(door, kAcceptAtOnce);
  leave_listener();
  host_.left_listener();
  for (auto& connection : idle_) hasten(connection);
  for (auto& connection : busy_) hasten(connection);
}

// A stop makes short work of whatever is not being answered. What closes a connection is left to the queue
// and the deadlines, as the caller is walking the lists.
void EventLoop::hasten(Connection& connection) {
  switch (connection.state) {
    case Connection::State::handshaking:
      set_deadline(connection, std::min(connection.deadline, now_ + kStopGrace));
      break;
    case Connection::State::reading:
      if (connection.reader.started()) {
        set_deadline(connection, std::min(connection.deadline, now_ + kStopGrace));
      } else {
        connection.input_waiting = true;
        enqueue(connection);
      }
      break;
    case Connection::State::waiting:
      connection.out.allowed = connection.out.bytes.size();
      set_deadline(connection, now_);
      break;
    case Connection::State::hanging:
    case Connection::State::lingering:
      set_deadline(connection, now_);
      break;
    case Connection::State::sending:
      connection.out.allowed = connection.out.bytes.size();
      break;
    case Connection::State::answering:
      break;
  }
}

// Past the deadline only handlers may be left. Their sockets are shut, so that a stream notices.
void EventLoop::continue_stop() {
  if (now_ < stop_deadline_ || cut_off_) return;
  cut_off_ = true;
  stop_deadline_ = now_ + kStopGrace;
  server_.end_streams();
  for (auto* list : {&idle_, &busy_}) {
    for (auto at = list->begin(); at != list->end();) {
      auto& connection = *at++;
      if (connection.state == Connection::State::answering)
        ::shutdown(connection.socket, SHUT_RDWR);
      else
        close(connection);
    }
  }
}

bool EventLoop::stopped() {
  if (cut_off_ && now_ >= stop_deadline_) return true;
  if (!idle_.empty() || !busy_.empty() || !host_.listener_left_by_all()) return false;
  const std::lock_guard lock(mutex_);
  return adopted_.empty();
}

}  // namespace vault_mock::http
