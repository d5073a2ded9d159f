#include "redis/client.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <optional>
#include <poll.h>
#include <thread>
#include <utility>

#include "redis/router.hpp"
#include "redis/slots.hpp"
#include "text/mutex.hpp"

namespace vault_mock::redis {

// The client's thread, and what other threads leave for it.
class Client::Loop {
 public:
  Loop(Url url, std::vector<std::string> channels, Listeners listeners, Timing timing)
      : url_(std::move(url)),
        listeners_(std::move(listeners)),
        timing_(timing),
        router_(url_, std::move(channels), listeners_, timing_, wake_) {}

  // Not in the constructor: from now on, functions of others are called, which may use the client.
  void start() {
    thread_ = std::thread([this] { run(); });
  }

  ~Loop() {
    {
      const text::MutexLock lock(mutex_);
      is_ending_ = true;
    }
    wake_->wake();
    thread_.join();
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void send(std::string_view key, std::span<const std::string> words, Done done, Patience patience) {
    Command command{.bytes = encoded(words),
                    .slot = key.empty() ? std::nullopt : std::optional(slot_of(key)),
                    .due = std::chrono::steady_clock::now() + timing_.reply,
                    .done = std::move(done),
                    .patience = patience};
    leave([&](Inbox& inbox) { inbox.commands.push_back(std::move(command)); });
  }

  void post(std::function<void()> function) {
    leave([&](Inbox& inbox) { inbox.functions.push_back(std::move(function)); });
  }

  const Router& router() const { return router_; }

 private:
  struct Inbox {
    std::vector<Command> commands;
    std::vector<std::function<void()>> functions;
    bool is_empty() const { return commands.empty() && functions.empty(); }
  };

  // Only the first to leave something wakes the thread. What the thread itself leaves does not: it looks
  // before it sleeps.
  template <typename Put>
  void leave(const Put& put) {
    bool is_first = false;
    {
      const text::MutexLock lock(mutex_);
      is_first = inbox_.is_empty();
      put(inbox_);
    }
    if (is_first && std::this_thread::get_id() != own_.load(std::memory_order_relaxed)) wake_->wake();
  }

  void run();
  bool turn();                             // false: it is over
  void recover(const char* why) noexcept;  // from an exception
  void close();
  void wait(Moment now);
  bool take_inbox();  // false: it is over

  const Url url_;
  const Listeners listeners_;
  const Timing timing_;
  const std::shared_ptr<const Wake> wake_ = std::make_shared<Wake>();
  Router router_;
  Moment next_ticked_ = listeners_.ticked ? Moment{} : Moment::max();
  std::vector<pollfd> polled_;

  text::Mutex mutex_;
  Inbox inbox_ GUARDED_BY(mutex_), taken_;
  bool is_ending_ GUARDED_BY(mutex_) = false;
  std::atomic<std::thread::id> own_;
  std::thread thread_;
};

void Client::Loop::run() {
  own_.store(std::this_thread::get_id(), std::memory_order_relaxed);
  for (bool goes_on = true; goes_on;) {
    try {
      goes_on = turn();
    } catch (const std::exception& error) {
      recover(error.what());
    } catch (...) {
      recover("for no reason that is known");
    }
  }
  try {
    close();
  } catch (const std::exception&) {  // the commands that are left are lost where they end
  }
}

void Client::Loop::close() {
  router_.close("the client has ended");
  while (!taken_.is_empty()) {
    for (auto& command : std::exchange(taken_.commands, {})) command.lose(false, "the client has ended");
    taken_.functions.clear();
    take_inbox();
  }
}

// What has come due is judged by the time before poll() looked: in a process that was stopped for a while, a
// reply that has come is taken before it is late.
bool Client::Loop::turn() {
  if (!take_inbox()) return false;
  router_.flush();
  const auto now = std::chrono::steady_clock::now();
  wait(now);
  router_.tick(now);
  if (now < next_ticked_) return true;
  next_ticked_ = now + listeners_.tick;
  listeners_.ticked();
  return true;
}

// What was left of the turn, commands that were half done included, is lost.
void Client::Loop::recover(const char* why) noexcept {
  taken_.commands.clear();
  taken_.functions.clear();
  std::string words;
  try {
    words = std::string("this program could not go on (") + why + ")";
  } catch (const std::exception&) {  // without words, then
  }
  router_.lose_all(words);
  std::this_thread::sleep_for(timing_.first_retry);  // where it is memory that lacks, others need it, too
}

bool Client::Loop::take_inbox() {
  bool goes_on = true;
  {
    const text::MutexLock lock(mutex_);
    goes_on = !is_ending_;
    std::swap(inbox_, taken_);
  }
  if (!goes_on) return false;
  for (auto& command : taken_.commands) router_.route(std::move(command));
  for (const auto& function : taken_.functions) function();
  taken_.commands.clear();
  taken_.functions.clear();
  return true;
}

void Client::Loop::wait(Moment now) {
  polled_.assign(1, {.fd = wake_->descriptor(), .events = POLLIN, .revents = 0});
  router_.watch(polled_);
  auto until = std::min(router_.next_tick(), next_ticked_);
  {
    const text::MutexLock lock(mutex_);
    if (!inbox_.is_empty() || is_ending_) until = now;
  }
  const auto pause =
      std::clamp<std::chrono::nanoseconds>(until - now, std::chrono::nanoseconds(0), std::chrono::seconds(1));
  const timespec limit{.tv_sec = pause.count() / 1'000'000'000, .tv_nsec = pause.count() % 1'000'000'000};
  if (::ppoll(polled_.data(), polled_.size(), &limit, nullptr) <= 0) return;
  if (polled_.front().revents != 0) wake_->take();
  router_.handle(polled_.data() + 1);
}

Client::Client(Url url, std::vector<std::string> channels, Listeners listeners, Timing timing)
    : loop_(std::make_unique<Loop>(std::move(url), std::move(channels), std::move(listeners), timing)) {
  loop_->start();
}

Client::~Client() = default;

void Client::send(std::string_view key, std::vector<std::string> command, Done done, Patience patience) {
  loop_->send(key, command, std::move(done), patience);
}

Result Client::call(std::string_view key, std::vector<std::string> command) {
  struct Waiter {
    std::mutex mutex;
    std::condition_variable has_come;
    std::optional<Result> result;
  };
  // Shared, so that it can be woken without its lock, which it would have to wait for then.
  const auto waiter = std::make_shared<Waiter>();
  send(key, std::move(command), [waiter](Result come) {
    {
      const std::lock_guard lock(waiter->mutex);
      waiter->result = std::move(come);
    }
    waiter->has_come.notify_one();
  });
  std::unique_lock lock(waiter->mutex);
  waiter->has_come.wait(lock, [&] { return waiter->result.has_value(); });
  return std::move(*waiter->result);
}

void Client::post(std::function<void()> function) { loop_->post(std::move(function)); }

bool Client::is_connected() const { return loop_->router().is_connected(); }
bool Client::is_cluster() const { return loop_->router().is_cluster(); }

}  // namespace vault_mock::redis
