// Counts and states that decide answers: exact over all replicas.
#include <atomic>
#include <thread>

#include "redis/store_words.hpp"
#include "unit/redis/store_test.hpp"

namespace vault_mock::redis {
namespace {

using spaces::TakeCandidate;
using Why = spaces::TakeResult::Skipped::Why;
using StoreTake = StoreTest;

TakeCandidate counted(std::string key, std::optional<std::uint64_t> times = std::nullopt) {
  TakeCandidate candidate;
  candidate.count = std::move(key);
  candidate.times = times;
  return candidate;
}

TEST_F(StoreTake, MatchesSoOftenAsARuleSaysOverThreeReplicasAndEightThreadsEach) {
  constexpr int kThreads = 8, kTakes = 100, kTimes = 1'000;
  std::vector<std::unique_ptr<Replica>> replicas;
  for (const auto* name : {"a:1", "b:2", "c:3"}) replicas.push_back(replica(name));
  std::atomic<int> taken = 0, passed = 0, failed = 0;
  std::vector<std::atomic<int>> seen(kTimes + 1);
  std::vector<std::thread> threads;
  for (const auto& one : replicas) {
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, store = &one->store] {
        for (int n = 0; n < kTakes; ++n) {
          const auto result = store->take("s", {counted("s#1", kTimes)});
          if (!result)
            ++failed;
          else if (!result->chosen)
            ++passed;
          else if (++taken; result->count <= kTimes)
            ++seen[result->count];
        }
      });
    }
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(taken, kTimes);
  EXPECT_EQ(passed, 3 * kThreads * kTakes - kTimes);
  for (int count = 1; count <= kTimes; ++count) EXPECT_EQ(seen[static_cast<std::size_t>(count)], 1) << count;
}

TEST_F(StoreTake, SaysWhyTheFirstOnesDidNotMatch) {
  const auto a = replica("a:1");
  auto in_state = counted("s#1");
  in_state.given = {{"s=none", std::nullopt}, {"s=door", "open"}};
  auto twice = counted("s#2", 0);
  auto seldom = counted("s#3");
  seldom.is_drawn = false;
  auto plain = counted("");
  plain.sets = {{"s=door", std::string("open\0\xff", 6)}};

  auto result = a->store.take("s", {in_state, twice, seldom, plain, counted("s#5")});
  ASSERT_TRUE(result) << result.error().why;
  EXPECT_EQ(result->chosen, 3u);
  EXPECT_EQ(result->count, 0u);
  ASSERT_EQ(result->skipped.size(), 3u);
  EXPECT_EQ(result->skipped[0].why, Why::state);
  EXPECT_EQ(result->skipped[0].candidate, 0u);
  EXPECT_EQ(result->skipped[0].given, 1u);
  EXPECT_EQ(result->skipped[0].seen, std::nullopt);
  EXPECT_EQ(result->skipped[1].why, Why::times);
  EXPECT_EQ(result->skipped[2].why, Why::probability);
  EXPECT_EQ(result->skipped[2].candidate, 2u);

  result = a->store.take("s", {in_state});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->chosen, std::nullopt);
  ASSERT_EQ(result->skipped.size(), 1u);
  EXPECT_EQ(result->skipped[0].seen, std::string("open\0\xff", 6));
}

TEST_F(StoreTake, MovesStatesOnThatTheNextReplicaFinds) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  auto closed = counted("s#1"), open = counted("s#2");
  closed.given = {{"s=door", std::nullopt}};
  closed.sets = {{"s=door", "open"}};
  open.given = {{"s=door", "open"}};
  open.sets = {{"s=door", std::nullopt}};
  for (int round = 1; round <= 2; ++round) {
    EXPECT_EQ(a->store.take("s", {closed, open})->chosen, 0u);
    const auto second = b->store.take("s", {closed, open});
    EXPECT_EQ(second->chosen, 1u);
    EXPECT_EQ(second->count, static_cast<std::uint64_t>(round));
  }
}

TEST_F(StoreTake, CountsForEachConsumerAndTellsOfTheOthersOnly) {
  const auto a = replica("a:1");
  EXPECT_EQ(a->store.take("s", {counted("c5:alice#1")})->count, 1u);
  EXPECT_EQ(a->store.take("s", {counted("c3:bob#1")})->count, 1u);
  EXPECT_EQ(a->store.take("s", {counted("c3:bob#1")})->count, 2u);
  EXPECT_EQ(a->store.take("s", {counted("s#1")})->count, 1u);
  const auto counts = a->store.counts("s");
  ASSERT_TRUE(counts);
  ASSERT_EQ(counts->size(), 1u);
  EXPECT_EQ(counts->front(), (std::pair<std::string, std::string>("s#1", "1")));
}

TEST_F(StoreTake, BeginsAgainWhenCountsAreForgotten) {
  const auto a = replica("a:1");
  auto candidate = counted("c5:alice#1", 1);
  candidate.sets = {{"s=door", "open"}};
  EXPECT_TRUE(a->store.take("s", {candidate})->chosen);
  EXPECT_FALSE(a->store.take("s", {candidate})->chosen);
  ASSERT_TRUE(a->store.change("s", {.counts = true}));
  EXPECT_TRUE(a->store.counts("s")->empty());
  EXPECT_EQ(a->store.take("s", {candidate})->count, 1u);
}

TEST_F(StoreTake, CountsOnceWhatComesTwice) {
  Client client(*read_url(url()), {}, {});
  const auto script = Script::of_space("take");
  const auto take = [&](const std::string& number) {
    std::vector<std::string> arguments{"run:0", number, ""};
    for (auto& word : words_of(std::vector{counted("s#1", 2)})) arguments.push_back(std::move(word));
    const auto reply = client.call("vm:{s}:meta", script.whole(space_keys("s"), arguments));
    EXPECT_TRUE(reply) << reply.error().why;
    const auto result = reply ? read_take(*reply) : std::nullopt;
    EXPECT_TRUE(result) << (reply ? reply->text : "");
    return result.value_or(spaces::TakeResult{});
  };
  EXPECT_EQ(take("1").count, 1u);
  EXPECT_EQ(take("1").count, 1u);
  EXPECT_EQ(take("2").count, 2u);
  EXPECT_EQ(take("2").count, 2u);
  EXPECT_EQ(take("2").chosen, 0u);
  EXPECT_EQ(take("3").chosen, std::nullopt);
}

TEST_F(StoreTake, CountsEachOnceThoughConnectionsAreLost) {
  constexpr int kThreads = 8, kTakes = 200;
  auto patient = options("a:1");
  patient.call = std::chrono::seconds(20);
  patient.timing.first_retry = patient.timing.last_retry = std::chrono::milliseconds(1);
  const auto a = replica(patient);
  std::atomic<int> under_way = kThreads, failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kTakes; ++n) {
        // At once where nothing was sent: the store is away then, and nothing has happened.
        while (!a->store.take("s", {counted("s#1")}))
          if (!support::eventually([&] { return a->store.is_there(); })) ++failed;
      }
      --under_way;
    });
  }
  Client killer(*read_url(url()), {}, {});
  int killed = 0;
  while (under_way > 0) {
    if (!support::eventually([&] { return a->store.is_there() || under_way == 0; })) break;
    const auto reply = killer.call("", {"CLIENT", "KILL", "TYPE", "normal"});
    if (reply) killed += static_cast<int>(reply->integer);
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(killed, 0);
  EXPECT_EQ(ask({"HGET", "vm:{s}:counts", "s#1"}).text, std::to_string(kThreads * kTakes));
}

TEST_F(StoreTake, ForgetsSomeCountsOfMoreConsumersThanThereIsRoomFor) {
  const auto a = replica("a:1");
  ASSERT_TRUE(a->store.take("s", {counted("c5:alice#1")}));
  ask({"EVAL", "for i = 1, 99999 do redis.call('HSET', KEYS[1], 'c:' .. i, '1') end", "1",
       "vm:{s}:consumer-counts"});
  ASSERT_EQ(ask({"HLEN", "vm:{s}:consumer-counts"}).integer, 100'000);
  EXPECT_EQ(a->store.take("s", {counted("c3:bob#1")})->count, 1u);
  EXPECT_EQ(ask({"HLEN", "vm:{s}:consumer-counts"}).integer, 99'001);
  EXPECT_EQ(a->store.take("s", {counted("c3:bob#1")})->count, 2u);
}

TEST_F(StoreTake, ForgetsTheLanesOfReplicasThatAreGone) {
  const auto a = replica("a:1");
  ask({"EVAL", "for i = 1, 2000 do redis.call('HSET', KEYS[1], 'old:' .. i, cmsgpack.pack('1', 1, {})) end",
       "1", "vm:{s}:seen"});
  ASSERT_TRUE(a->store.take("s", {counted("s#1")}));
  EXPECT_EQ(ask({"HLEN", "vm:{s}:seen"}).integer, 1);
}

}  // namespace
}  // namespace vault_mock::redis
