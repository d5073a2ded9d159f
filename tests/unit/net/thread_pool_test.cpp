#include "net/httplib/thread_pool.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

#include "support/eventually.hpp"

namespace vault_mock::net {
namespace {

using support::eventually;

// A pool whose tasks wait until they are let go.
struct Tried {
  Tried(std::size_t max_threads, std::size_t max_waiting)
      : pool(std::make_shared<ThreadPool>(max_threads, max_waiting)) {}
  ~Tried() {
    let_go = true;
    EXPECT_TRUE(pool->end_by(std::chrono::steady_clock::now() + std::chrono::seconds(60)));
  }
  void enqueue() {
    pool->enqueue([this] {
      ++running;
      EXPECT_TRUE(eventually([this] { return let_go.load(); }));
      --running;
      ++done;
    });
  }
  bool run(int tasks) {
    return eventually([this, tasks] { return running == tasks; });
  }

  std::atomic<int> running = 0, done = 0;
  std::atomic<bool> let_go = false;
  std::shared_ptr<ThreadPool> pool;
};

TEST(ThreadPool, HasAThreadForEachTaskUpToItsLimit) {
  Tried tried(3, 5);
  for (int i = 0; i < 5; ++i) tried.enqueue();
  EXPECT_TRUE(tried.run(3));
  EXPECT_EQ(tried.pool->threads(), 3u);
  tried.let_go = true;
  EXPECT_TRUE(eventually([&] { return tried.done == 5; }));
}

TEST(ThreadPool, AsksForRoomOnlyWhereATaskCannotGetAThread) {
  Tried tried(2, 5);
  tried.enqueue();
  EXPECT_FALSE(tried.pool->make_room()) << "a thread can be made for the next";
  tried.enqueue();
  EXPECT_TRUE(tried.run(2));
  EXPECT_FALSE(tried.pool->make_room()) << "nobody waits";
  tried.enqueue();
  EXPECT_TRUE(tried.pool->make_room());
  EXPECT_FALSE(tried.pool->make_room()) << "one waits, and one makes room already";
  tried.enqueue();
  EXPECT_TRUE(tried.pool->make_room());
}

TEST(ThreadPool, AsksNobodyForRoomBetweenAnEnqueueAndTheThreadThatTakesTheTask) {
  Tried tried(64, 64);
  for (int i = 0; i < 64; ++i) {
    tried.enqueue();
    EXPECT_FALSE(tried.pool->make_room()) << i;
  }
}

TEST(ThreadPool, HoldsUpWhoEnqueuesMoreThanMayWait) {
  Tried tried(1, 1);
  tried.enqueue();
  EXPECT_TRUE(tried.run(1));
  tried.enqueue();
  std::atomic<bool> is_in = false;
  std::thread third([&] {
    tried.enqueue();
    is_in = true;
  });
  EXPECT_TRUE(eventually([&] { return tried.pool->make_room(); }));
  EXPECT_FALSE(is_in);
  tried.let_go = true;
  third.join();
  EXPECT_TRUE(eventually([&] { return tried.done == 3; }));
}

TEST(ThreadPool, RunsInTheCallersThreadWhatComesAfterItsEnd) {
  auto pool = std::make_shared<ThreadPool>(1, 1);
  EXPECT_TRUE(pool->end_by(std::chrono::steady_clock::now() + std::chrono::seconds(60)));
  std::thread::id where;
  pool->enqueue([&] { where = std::this_thread::get_id(); });
  EXPECT_EQ(where, std::this_thread::get_id());
}

}  // namespace
}  // namespace vault_mock::net
