#include "net/httplib/thread_pool.hpp"

#include <exception>
#include <thread>
#include <utility>

namespace vault_mock::net {
namespace {

// How long a thread without a task is kept for the next one.
constexpr std::chrono::seconds kIdle{10};

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
  try {
    std::thread([self = shared_from_this()] { self->work(); }).detach();
    ++threads_;
    ++idle_;
    no_thread_to_be_had_ = false;
  } catch (const std::exception&) {
    no_thread_to_be_had_ = true;
  }
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
