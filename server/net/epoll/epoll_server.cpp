#include "net/epoll/epoll_server.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <list>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "net/epoll/event_loop.hpp"
#include "net/epoll/loop_thread.hpp"
#include "text/mutex.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;

// The supervisor looks at the loops this often while handlers run, and sleeps when none has for a while. A
// handler that is still at it after two looks is taken to block.
constexpr auto kLookEvery = 5ms;
constexpr unsigned kLooksToBlock = 2;
constexpr unsigned kLooksToSleep = 20;
// Loops end a stop by themselves. If one cannot, because all threads are blocked, the supervisor ends it
// that much later.
constexpr auto kStopSlack = 1500ms;

unsigned processors() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace

class EpollServer final : public Server, public LoopHost, public std::enable_shared_from_this<EpollServer> {
 public:
  EpollServer(ServerOptions options, Handler& handler) : options_(options), handler_(handler) {}

  tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                              std::shared_ptr<const TlsContext> tls) override {
    if (const int error = stop_.error(); error != 0)
      return tl::unexpected(bind_error("a pipe cannot be made", error));
    const auto taken = listener_.listen(host, port, tls);
    if (!taken) return taken;
    try {
      if (!bound_) make_loops();
    } catch (const std::system_error& error) {
      return tl::unexpected(
          BindError{error.code().value(), std::string("the event loops cannot be made: ") + error.what()});
    }
    for (const auto& loop : loops_) loop->watch_listener();
    return taken;
  }

  Stopped run() override;

  void stop() override {
    stop_.send();
    if (!bound_) return;
    for (const auto& loop : loops_) loop->wake();
  }

  std::size_t connections() const override {
    std::size_t sum = 0;
    for (const auto& loop : loops_) sum += loop->count();
    return sum;
  }
  std::size_t threads() const override { return thread_count_; }

  EventLoop& lightest() override {
    return **std::min_element(loops_.begin(), loops_.end(),
                              [](const auto& a, const auto& b) { return a->count() < b->count(); });
  }
  void handler_begins() override {
    if (supervisor_sleeps_) wake_supervisor();
  }
  void left_listener() override;
  bool listener_left_by_all() const override { return loops_listening_ == 0; }
  bool stopping() const override { return stop_.is_sent(); }
  const StopSignal& stop_signal() const override { return stop_; }

 private:
  // What the supervisor remembers of a loop from look to look.
  struct Look {
    std::uint64_t epoch = 0;
    unsigned unchanged = 0;
    bool ownerless = false;  // taken from a blocked thread, but there was no new one to be had
  };

  void make_loops();
  // Starts a thread that drives the loop, which nobody owns. False: none can be had.
  bool start_thread(EventLoop& loop);
  using Threads = std::list<std::thread>;
  void drive(EventLoop& loop, EventLoop::Thread& thread, Threads::iterator self);
  void wake_supervisor();
  void look_after(EventLoop& loop, Look& look);
  void join_ended();
  // How the server has stopped, if it has.
  std::optional<Stopped> state();
  void wait_a_moment();
  void wait_for_handlers();
  bool is_draining();

  const ServerOptions options_;
  Handler& handler_;
  StopSignal stop_;
  Listener listener_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::atomic<bool> bound_{false};
  std::atomic<bool> supervisor_sleeps_{false};
  std::atomic<std::size_t> thread_count_{0};
  std::atomic<std::size_t> loops_listening_{0};

  std::condition_variable_any changed_;
  text::Mutex mutex_;  // protects the following
  Threads threads_ GUARDED_BY(mutex_);
  Threads ended_ GUARDED_BY(mutex_);
  std::size_t loops_running_ GUARDED_BY(mutex_) = 0;
  std::optional<Clock::time_point> give_up_at_ GUARDED_BY(mutex_);
};

void EpollServer::make_loops() {
  const auto count = options_.loops == 0 ? processors() + 1 : options_.loops;
  for (unsigned i = 0; i < count; ++i)
    loops_.push_back(
        std::make_unique<EventLoop>(*this, handler_, listener_, options_.requests, options_.times));
  bound_ = true;
}

bool EpollServer::start_thread(EventLoop& loop) {
  if (thread_count_.fetch_add(1) >= options_.max_threads) {
    --thread_count_;
    return false;
  }
  try {
    auto thread = std::make_unique<EventLoop::Thread>();
    Threads fresh(1);
    const text::MutexLock lock(mutex_);
    const auto self = fresh.begin();
    *self = std::thread([server = shared_from_this(), &loop, self, mine = std::move(thread)] {
      server->drive(loop, *mine, self);
    });
    threads_.splice(threads_.end(), fresh);
    return true;
  } catch (const std::exception&) {  // neither memory nor a thread to be had
    --thread_count_;
    return false;
  }
}

void EpollServer::drive(EventLoop& loop, EventLoop::Thread& thread, Threads::iterator self) {
  const auto outcome = loop.run(thread);
  const text::MutexLock lock(mutex_);
  if (outcome == EventLoop::LoopEnd::done) --loops_running_;
  ended_.splice(ended_.end(), threads_, self);
  --thread_count_;
  changed_.notify_all();
}

void EpollServer::wake_supervisor() {
  const text::MutexLock lock(mutex_);
  supervisor_sleeps_ = false;
  changed_.notify_all();
}

void EpollServer::left_listener() {
  if (--loops_listening_ > 0) return;
  for (const auto& loop : loops_) loop->wake();
  const text::MutexLock lock(mutex_);
  listener_.close();
  give_up_at_ = Clock::now() + options_.times.drain + kStopSlack;
  changed_.notify_all();
}

void EpollServer::look_after(EventLoop& loop, Look& look) {
  const auto epoch = loop.epoch();
  look.unchanged = epoch == look.epoch ? look.unchanged + 1 : 0;
  look.epoch = epoch;
  const bool blocked = epoch % 2 == 1 && look.unchanged >= kLooksToBlock;
  if (blocked && !look.ownerless && thread_count_ < options_.max_threads)
    look.ownerless = loop.take_from_blocked(epoch);
  if (look.ownerless) look.ownerless = !start_thread(loop);
}

void EpollServer::join_ended() {
  Threads ended;
  {
    const text::MutexLock lock(mutex_);
    ended.swap(ended_);
  }
  for (auto& thread : ended) thread.join();
}

auto EpollServer::state() -> std::optional<Stopped> {
  const text::MutexLock lock(mutex_);
  if (loops_running_ == 0 && threads_.empty() && ended_.empty()) return Stopped::cleanly;
  if (stop_.is_sent() && !give_up_at_) give_up_at_ = Clock::now() + options_.times.drain + kStopSlack;
  if (!give_up_at_ || Clock::now() < *give_up_at_) return std::nullopt;
  for (auto* list : {&threads_, &ended_})
    for (auto& thread : *list) thread.detach();
  return Stopped::with_handlers_left;
}

void EpollServer::wait_for_handlers() {
  const text::MutexLock lock(mutex_);
  // Whoever begins a handler from now on wakes us; whoever began one just before is seen here.
  supervisor_sleeps_ = true;
  const bool missed =
      std::any_of(loops_.begin(), loops_.end(), [](auto& loop) { return loop->epoch() % 2 == 1; });
  while (!missed && supervisor_sleeps_ && ended_.empty() && !give_up_at_) changed_.wait(mutex_);
  supervisor_sleeps_ = false;
}

void EpollServer::wait_a_moment() {
  const text::MutexLock lock(mutex_);
  if (ended_.empty()) changed_.wait_for(mutex_, kLookEvery);
}

bool EpollServer::is_draining() {
  const text::MutexLock lock(mutex_);
  return give_up_at_.has_value();
}

auto EpollServer::run() -> Stopped {
  {
    const text::MutexLock lock(mutex_);
    loops_running_ = loops_.size();
  }
  loops_listening_ = loops_.size();
  std::vector<Look> looks(loops_.size());
  for (std::size_t i = 0; i < loops_.size(); ++i) looks[i].ownerless = !start_thread(*loops_[i]);

  for (unsigned quiet = 0;;) {
    join_ended();
    if (const auto stopped = state()) return *stopped;
    bool active = false;
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      look_after(*loops_[i], looks[i]);
      active = active || looks[i].unchanged == 0 || looks[i].epoch % 2 == 1 || looks[i].ownerless;
    }
    quiet = active ? 0 : quiet + 1;
    if (quiet < kLooksToSleep || is_draining()) {
      wait_a_moment();
    } else {
      wait_for_handlers();
      quiet = 0;
    }
  }
}

std::shared_ptr<Server> make_epoll_server(ServerOptions options, Handler& handler) {
  return std::make_shared<EpollServer>(options, handler);
}

}  // namespace vault_mock::net
