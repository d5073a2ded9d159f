// The client with a real cluster of three servers.
#include <array>
#include <atomic>
#include <thread>

#include "redis/slots.hpp"
#include "unit/redis/talk.hpp"

namespace vault_mock::redis {
namespace {

// Each has a third of the slots, no replicas.
class RedisCluster : public WithRedis {
 protected:
  void SetUp() override {
    WithRedis::SetUp();
    if (IsSkipped()) return;
    for (auto& node : nodes_) {
      node = start({"--cluster-enabled", "yes", "--cluster-port", std::to_string(support::free_port()),
                    "--cluster-require-full-coverage", "no", "--cluster-node-timeout", "60000"});
      // Its own connection: a client of a cluster would ask another server.
      asked_.push_back(std::make_unique<Talk>(url_of(node->port()), kPatient, std::vector<std::string>()));
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const auto first = i * kSlots / nodes_.size(), behind = (i + 1) * kSlots / nodes_.size();
      ASSERT_EQ(ask(i, {"CLUSTER", "ADDSLOTSRANGE", std::to_string(first), std::to_string(behind - 1)}),
                "OK");
      ASSERT_EQ(ask(i, {"CLUSTER", "SET-CONFIG-EPOCH", std::to_string(i + 1)}), "OK");
    }
    for (std::size_t i = 1; i < nodes_.size(); ++i) {
      ASSERT_EQ(ask(0, {"CLUSTER", "MEET", "127.0.0.1", std::to_string(nodes_[i]->port()), bus_port(i)}),
                "OK");
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      ASSERT_TRUE(eventually([&] {
        const auto info = ask(i, {"CLUSTER", "INFO"});
        return info.find("cluster_state:ok") != std::string::npos &&
               info.find("cluster_slots_assigned:16384") != std::string::npos;
      }));
  }
  // Of the server itself, without a key.
  std::string ask(std::size_t node, const std::vector<std::string>& words) {
    return asked_[node]->ask(words);
  }
  std::string bus_port(std::size_t node) {
    const auto config = ask(node, {"CONFIG", "GET", "cluster-port"});
    return config.substr(config.find(' ') + 1);
  }
  RedisServer& node(std::size_t number) { return *nodes_[number]; }
  static std::size_t owner_of(std::string_view key) {
    std::size_t node = 0;
    while (slot_of(key) >= (node + 1) * kSlots / 3) ++node;
    return node;
  }
  // A key in a slot of that server.
  static std::string key_of(std::size_t node, int number = 0) {
    for (int i = 0;; ++i) {
      auto key = "{" + std::to_string(i) + "}";
      if (owner_of(key) == node && number-- == 0) return key;
    }
  }

 private:
  std::array<std::unique_ptr<RedisServer>, 3> nodes_;
  std::vector<std::unique_ptr<Talk>> asked_;
};

// Whether it answers for a slot of each of these servers.
bool answers_for(Talk& talk, const std::vector<std::string>& keys) {
  return eventually([&] {
    return std::ranges::all_of(keys, [&](const auto& key) {
      return talk.ask({"SET", key, "x"}, key) == "OK";
    });
  });
}

TEST_F(RedisCluster, AsksTheServerThatHasTheSlot) {
  Talk talk(url_of(node(0).port()));
  for (std::size_t owner = 0; owner < 3; ++owner) {
    const auto key = key_of(owner);
    EXPECT_EQ(talk.ask({"SET", key, "of " + std::to_string(owner)}, key), "OK");
    EXPECT_EQ(ask(owner, {"GET", key}), "of " + std::to_string(owner));
  }
  EXPECT_TRUE(talk.client().is_cluster());
}

TEST_F(RedisCluster, FollowsWhereItIsSentWhenTheKeyWasNotTold) {
  Talk talk(url_of(node(0).port()));
  for (std::size_t owner = 0; owner < 3; ++owner) EXPECT_EQ(talk.ask({"SET", key_of(owner), "x"}), "OK");
}

TEST_F(RedisCluster, HearsWhatIsPublishedAtAnyServer) {
  Talk talk(url_of(node(0).port()));
  ASSERT_TRUE(talk.is_connected_in_time());
  for (std::size_t other = 0; other < 3; ++other) ask(other, {"PUBLISH", "news", std::to_string(other)});
  EXPECT_TRUE(eventually([&] { return talk.heard().size() >= 3; }));
  auto heard = talk.heard();
  std::ranges::sort(heard);
  EXPECT_EQ(heard, (std::vector<std::string>{"news: 0", "news: 1", "news: 2"}));
}

TEST_F(RedisCluster, LosesOnlyTheSlotsOfAServerThatIsAway) {
  Talk talk(url_of(node(0).port()), kHasty);
  ASSERT_TRUE(answers_for(talk, {key_of(0), key_of(1), key_of(2)}));
  node(2).end();
  EXPECT_TRUE(eventually([&] {
    return talk.ask({"GET", key_of(2)}, key_of(2)).find("Connection refused") != std::string::npos;
  }));
  EXPECT_TRUE(answers_for(talk, {key_of(0), key_of(1)}));
  EXPECT_TRUE(talk.is_connected_in_time());
  ASSERT_TRUE(node(2).start_again());  // as what it was: a cluster's servers keep that in their folders
  EXPECT_TRUE(answers_for(talk, {key_of(0), key_of(1), key_of(2)}));
}

TEST_F(RedisCluster, GoesOnWithoutTheServerOfItsUrl) {
  Talk talk(url_of(node(0).port()), kHasty);
  ASSERT_TRUE(answers_for(talk, {key_of(0)}));
  ASSERT_TRUE(talk.is_connected_in_time());
  node(0).end();
  EXPECT_TRUE(eventually([&] { return talk.was_lost("127.0.0.1:" + std::to_string(node(0).port())); }));
  ASSERT_TRUE(talk.is_connected_in_time());
  EXPECT_TRUE(answers_for(talk, {key_of(1), key_of(2)}));
  EXPECT_TRUE(eventually([&] {
    ask(2, {"PUBLISH", "news", "still"});
    return !talk.heard().empty();
  }));
}

// Of a slot with a hundred keys, first each goes by itself, so that commands of two keys find them apart.
TEST_F(RedisCluster, AnswersExactlyOnceWhileASlotMoves) {
  Talk talk(url_of(node(2).port()));
  const auto tag = key_of(0);
  const auto slot = std::to_string(slot_of(tag));
  constexpr int kKeys = 100;
  std::array<std::atomic<int>, kKeys> counted{};
  std::atomic<bool> is_enough{false};
  std::atomic<int> wrong{0}, total{0};
  const auto key = [&](int i) { return tag + ":" + std::to_string(i % kKeys); };
  const auto count = [&](int i) {
    const auto reply =
        talk.ask({"EVAL", "redis.call('INCR', KEYS[1]) redis.call('INCR', KEYS[2]) return 'both'", "2",
                  key(i), key(i + 1)},
                 tag);
    if (reply != "both") return static_cast<void>(++wrong), ADD_FAILURE() << reply, void();
    ++counted[static_cast<std::size_t>(i % kKeys)];
    ++counted[static_cast<std::size_t>((i + 1) % kKeys)];
    ++total;
  };
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = thread; !is_enough && wrong == 0; i += 7) count(i);
    });
  const auto goes_on = [&] {
    const auto before = total.load();
    return eventually([&] { return wrong > 0 || total > before + 200; });
  };
  for (const auto& [from, to] : {std::pair<std::size_t, std::size_t>{0, 1}, {1, 2}, {2, 0}}) {
    EXPECT_TRUE(goes_on());
    const auto from_id = ask(from, {"CLUSTER", "MYID"}), to_id = ask(to, {"CLUSTER", "MYID"});
    EXPECT_EQ(ask(to, {"CLUSTER", "SETSLOT", slot, "IMPORTING", from_id}), "OK");
    EXPECT_EQ(ask(from, {"CLUSTER", "SETSLOT", slot, "MIGRATING", to_id}), "OK");
    for (std::string moved; !(moved = ask(from, {"CLUSTER", "GETKEYSINSLOT", slot, "1"})).empty();)
      ask(from, {"MIGRATE", "127.0.0.1", std::to_string(node(to).port()), moved, "0", "5000"});
    for (const auto each : {to, from, 3 - to - from})
      EXPECT_EQ(ask(each, {"CLUSTER", "SETSLOT", slot, "NODE", to_id}), "OK");
  }
  EXPECT_TRUE(goes_on());
  is_enough = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  for (int i = 0; i < kKeys; ++i)
    EXPECT_EQ(talk.ask({"GET", key(i)}, tag), counted[static_cast<std::size_t>(i)] == 0
                                                  ? "nil"
                                                  : std::to_string(counted[static_cast<std::size_t>(i)]))
        << i;
}

}  // namespace
}  // namespace vault_mock::redis
