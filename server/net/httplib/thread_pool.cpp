#include "net/httplib/thread_pool.hpp"

#include <memory>
#include <new>
#include <pthread.h>
#include <utility>

namespace vault_mock::net {
namespace {

// How long a thread without a task is kept for the next one.
constexpr std::chrono::seconds kIdle{10};

// An eighth of what a thread has by default: hundreds of them reserve it, and the C library keeps some of it when
// they have ended, where others may need the memory. Much more than the deepest request takes, with sanitizers too.
constexpr std::size_t kStackBytes{1 << 20};

// std::thread cannot be told the size of its stack. False: the system refuses a thread.
template <class Work>
bool start_detached(Work work) {
  std::unique_ptr<Work> owned(new (std::nothrow) Work(std::move(work)));
  pthread_attr_t attributes;
  if (owned == nullptr || pthread_attr_init(&attributes) != 0) return false;
  const auto run = [](void* owner) -> void* {
    (*std::unique_ptr<Work>(static_cast<Work*>(owner)))();
    return nullptr;
  };
  pthread_t thread{};
  const bool started = pthread_attr_setstacksize(&attributes, kStackBytes) == 0 &&
                       pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0 &&
                       pthread_create(&thread, &attributes, run, owned.get()) == 0;
  if (started) static_cast<void>(owned.release());  // it is the thread's now
  pthread_attr_destroy(&attributes);
  return started;
}

}  // namespace

void ThreadPool::enqueue(Task task) {
  {
    const text::MutexLock lock(mutex_);
    while (waiting_.size() >= max_waiting_ && !ending_) task_is_taken_.wait(mutex_);
    if (!ending_ || threads_ > 0) {
      waiting_.push_back(std::move(task));
      if (idle_ < waiting_.size() && threads_ < max_threads_) start_thread();
      task_is_there_.notify_one();
      return;
    }
  }
  task();
}

// Where none can be had, for lack of memory, say, the task waits for those there are.
void ThreadPool::start_thread() {
  no_thread_to_be_had_ = !start_detached([self = shared_from_this()] { self->work(); });
  if (no_thread_to_be_had_) return;
  ++threads_;
  ++idle_;
}

void ThreadPool::work() {
  mutex_.lock();
  while (true) {
    for (auto woken = std::cv_status::no_timeout;
         waiting_.empty() && !ending_ && woken == std::cv_status::no_timeout;)
      woken = task_is_there_.wait_for(mutex_, kIdle);
    --idle_;
    if (waiting_.empty()) break;
    {
      const auto task = std::move(waiting_.front());
      waiting_.pop_front();
      task_is_taken_.notify_one();
      if (making_room_ > 0) --making_room_;
      mutex_.unlock();
      task();
    }  // what the task holds is destroyed without the lock
    mutex_.lock();
    ++idle_;
  }
  --threads_;
  thread_ended_.notify_all();
  mutex_.unlock();
}

bool ThreadPool::make_room() {
  const text::MutexLock lock(mutex_);
  const auto to_come = idle_ + (no_thread_to_be_had_ ? 0 : max_threads_ - threads_);
  if (waiting_.size() <= to_come + making_room_) return false;
  ++making_room_;
  return true;
}

std::size_t ThreadPool::threads() const {
  const text::MutexLock lock(mutex_);
  return threads_;
}

bool ThreadPool::end_by(std::chrono::steady_clock::time_point until) {
  const text::MutexLock lock(mutex_);
  ending_ = true;
  task_is_there_.notify_all();
  task_is_taken_.notify_all();
  while (threads_ > 0)
    if (thread_ended_.wait_until(mutex_, until) == std::cv_status::timeout) return threads_ == 0;
  return true;
}

}  // namespace vault_mock::net
