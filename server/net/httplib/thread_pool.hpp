// The threads that serve connections: as many as there are connections, up to a limit.
//
// httplib's own pool has a fixed number, so that with eight threads the ninth client waits until another
// hangs up, as a kept-alive connection holds its thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>

#include "text/mutex.hpp"

namespace vault_mock::net {

// All functions from any thread. Its threads keep it alive, so that one whose task never returns harms
// nobody.
class ThreadPool : public std::enable_shared_from_this<ThreadPool> {
 public:
  using Task = std::function<void()>;  // throws nothing

  // Each task holds a descriptor: there are never more than both numbers together, and one for each caller of
  // enqueue().
  ThreadPool(std::size_t max_threads, std::size_t max_waiting)
      : max_threads_(max_threads), max_waiting_(max_waiting) {}

  // Runs the task in an idle thread, in a new one, or, where no more may be, as soon as another task returns.
  // Blocks while as many wait as may. After end_by(), runs it in the caller's thread.
  void enqueue(Task task);
  // For a task that could as well return: whether it should, because another waits for a thread and cannot
  // get one. True for as many tasks as there are such.
  bool make_room();
  std::size_t threads() const;

  // Waits until no task and no thread is left, up to a time. False: some are.
  bool end_by(std::chrono::steady_clock::time_point until);

 private:
  void work();
  void start_thread() REQUIRES(mutex_);

  const std::size_t max_threads_;
  const std::size_t max_waiting_;
  std::condition_variable_any task_is_there_;
  std::condition_variable_any task_is_taken_;
  std::condition_variable_any thread_ended_;
  mutable text::Mutex mutex_;  // protects the following
  std::deque<Task> waiting_ GUARDED_BY(mutex_);
  std::size_t threads_ GUARDED_BY(mutex_) = 0;
  std::size_t idle_ GUARDED_BY(mutex_) = 0;              // that wait for a task, or are about to take one
  std::size_t making_room_ GUARDED_BY(mutex_) = 0;       // tasks that were told to return, and have not yet
  bool no_thread_to_be_had_ GUARDED_BY(mutex_) = false;  // the system refused the last one
  bool ending_ GUARDED_BY(mutex_) = false;
};

}  // namespace vault_mock::net
