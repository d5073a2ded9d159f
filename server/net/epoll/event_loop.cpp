#include "net/epoll/event_loop.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

#include "net/epoll/loop_thread.hpp"
#include "net/respond.hpp"

namespace vault_mock::net {
namespace {

constexpr auto kForever = std::chrono::nanoseconds::max();

// What an exception without end, as there is no memory, may cost of a processor.
constexpr std::chrono::milliseconds kPauseAfterException{10};

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
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

EventLoop::EventLoop(LoopHost& host, Handler& handler, const Listener& listener, const RequestLimits& limits,
                     const TimeLimits& times)
    : host_(host), handler_(handler), listener_(listener), limits_(limits), times_(times) {
  epoll_ = Descriptor(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"));
  wake_event_ = Descriptor(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"));
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;  // edge-triggered: each write() is told once, and nobody needs to read it
  checked(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_event_.get(), &event), "epoll_ctl");
}

void EventLoop::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_event_.get(), &one, sizeof one);
}

bool EventLoop::take_from_blocked(std::uint64_t epoch) {
  return epoch % 2 == 1 && epoch_.compare_exchange_strong(epoch, epoch + 1);
}

auto EventLoop::run(Thread& thread) -> LoopEnd {
  now_ = Clock::now();
  while (true) {
    try {
      if (go_on(thread) == Ownership::lost) return LoopEnd::lost;
      if (stopping_ && stopped()) return LoopEnd::done;
    } catch (...) {
      tell_of_exception();
      std::this_thread::sleep_for(kPauseAfterException);
    }
    wait();
  }
}

// The batch of events may not be through when something was thrown: then it goes on.
void EventLoop::wait() {
  if (next_event_ == event_count_) {
    bury_closed();
    const int count =
        wait_for_events(epoll_.get(), events_.data(), static_cast<int>(events_.size()), time_to_wait());
    event_count_ = static_cast<std::size_t>(std::max(count, 0));
    next_event_ = 0;
  }
  now_ = Clock::now();
}

void EventLoop::tell_of_exception() noexcept { report_exception(handler_); }

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

auto EventLoop::go_on(Thread& thread) -> Ownership {
  if (handle_events(thread) == Ownership::lost || work_off_queue(thread) == Ownership::lost)
    return Ownership::lost;
  if (mail_) empty_mailbox();
  return meet_deadlines(thread);
}

auto EventLoop::handle_events(Thread& thread) -> Ownership {
  while (next_event_ < event_count_) {
    const auto event = events_[next_event_++];
    if (event.data.ptr == nullptr) {
      mail_ = true;
    } else if (const auto* endpoint = endpoint_of(event.data.ptr)) {
      accept_from(*endpoint, kAcceptAtOnce);
    } else {
      auto& connection = *static_cast<ClientConnection*>(event.data.ptr);
      const auto result = guarded(connection, [&] { return handle(thread, connection, event.events); });
      if (result == WorkResult::lost) return Ownership::lost;
    }
  }
  return Ownership::kept;
}

// Those that were there at the beginning: the others come after the events of the next batch.
auto EventLoop::work_off_queue(Thread& thread) -> Ownership {
  for (auto left = queue_.size(); left > 0 && !queue_.empty(); --left) {
    auto& connection = *queue_.front();
    queue_.pop_front();
    connection.queued = false;
    if (guarded(connection, [&] { return resume(thread, connection); }) == WorkResult::lost)
      return Ownership::lost;
  }
  return Ownership::kept;
}

void EventLoop::adopt(std::list<ClientConnection> connections) {
  {
    const text::MutexLock lock(mutex_);
    adopted_.splice(adopted_.end(), connections);
  }
  wake();
}

void EventLoop::give_back(ClientConnection& connection) {
  {
    const text::MutexLock lock(mutex_);
    connection.next_given_back = given_back_;
    given_back_ = &connection;
  }
  wake();
}

void EventLoop::empty_mailbox() {
  mail_ = false;
  std::list<ClientConnection> adopted;
  ClientConnection* given_back = nullptr;
  {
    const text::MutexLock lock(mutex_);
    adopted.swap(adopted_);
    given_back = std::exchange(given_back_, nullptr);
  }
  if (!adopted.empty()) welcome(adopted);
  while (given_back != nullptr) {
    auto& connection = *std::exchange(given_back, given_back->next_given_back);
    guarded(connection, [&] {
      take_back(connection);
      return WorkResult::parked;
    });
  }
  if (host_.stop_signal().is_sent() && !stopping_) begin_stop();
}

auto EventLoop::meet_deadlines(Thread& thread) -> Ownership {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now_) {
    auto& connection = *deadlines_.begin()->second;
    clear_deadline(connection);
    if (guarded(connection, [&] { return on_deadline(thread, connection); }) == WorkResult::lost)
      return Ownership::lost;
  }
  drop_idle(idle_.size(), now_ - times_.idle);
  if (lacks_room_) make_room();
  if (accepting_paused_ && accept_again_ <= now_) resume_accepting();
  if (stopping_) continue_stop();
  return Ownership::kept;
}

}  // namespace vault_mock::net
