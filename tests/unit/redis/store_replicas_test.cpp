// Who is alive, who is waited for, and who is late.
#include <algorithm>
#include <map>
#include <set>

#include "redis/live_replicas.hpp"
#include "unit/redis/store_test.hpp"

namespace vault_mock::redis {
namespace {

using Names = std::vector<std::string>;
using StoreReplicas = StoreTest;

const spaces::ReplicaFacts* find(const spaces::StoreStatus& status, std::string_view name) {
  const auto found = std::ranges::find(status.replicas, name, &spaces::ReplicaFacts::name);
  return found == status.replicas.end() ? nullptr : &*found;
}

bool knows(const Replica& replica, std::string_view name) {
  return find(replica.store.status(), name) != nullptr;
}

TEST_F(StoreReplicas, HaveHeardOfAChangeThatIsSettled) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  const auto c = replica("c:3");
  spaces::StoreVersion version = 0;
  for (int i = 0; i < 200; ++i) {
    version = set(a->store, "s", "key", version, std::to_string(i));
    ASSERT_EQ(a->store.settle("s", version), Names{});
    for (const auto* other : {b.get(), c.get()}) {
      const auto told = other->listener.changed();
      ASSERT_FALSE(told.empty());
      EXPECT_EQ(told.back().version, version);
      EXPECT_EQ(told.back().keys, Names{"key"});
    }
  }
}

TEST_F(StoreReplicas, AreAskedAgainAboutAChangeThatAnotherOneMade) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  const auto c = replica("c:3");
  const auto version = set(a->store, "s", "key", 0, "x");
  EXPECT_EQ(b->store.settle("s", version), Names{});
  ASSERT_FALSE(c->listener.changed().empty());
  EXPECT_EQ(c->listener.changed().back().version, version);
}

TEST_F(StoreReplicas, HaveTheLowestPlacesThatAreFree) {
  const auto a = replica("a:1");
  auto b = replica("b:2");
  const auto c = replica("c:3");
  EXPECT_EQ(a->store.place(), 0u);
  EXPECT_EQ(b->store.place(), 1u);
  EXPECT_EQ(c->store.place(), 2u);
  b.reset();
  EXPECT_TRUE(support::eventually([&] { return !knows(*a, "b:2") && !knows(*c, "b:2"); }));
  const auto d = replica("d:4");
  EXPECT_EQ(d->store.place(), 1u);
  EXPECT_EQ(c->store.place(), 2u);
}

TEST_F(StoreReplicas, AreKnownToEachOtherAsSoonAsTheyHaveStarted) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  EXPECT_TRUE(knows(*a, "b:2"));
  EXPECT_TRUE(knows(*b, "a:1"));
  EXPECT_TRUE(b->store.is_fresh());
  const auto status = b->store.status();
  EXPECT_FALSE(status.is_away);
  ASSERT_EQ(status.replicas.size(), 2u);
  EXPECT_TRUE(status.replicas[0].is_own);
  EXPECT_EQ(status.replicas[0].name, "b:2");
  EXPECT_FALSE(status.replicas[1].is_own);
}

TEST_F(StoreReplicas, AreLateWhenTheyDoNotHearUntilTheyDo) {
  auto impatient = options("a:1");
  impatient.settle = impatient.flush = std::chrono::milliseconds(50);
  const auto a = replica(impatient);
  const auto b = replica("b:2");
  b->listener.block(true);
  auto version = set(a->store, "s", "key", 0, "1");
  EXPECT_EQ(a->store.settle("s", version), Names{"b:2"});
  EXPECT_TRUE(find(a->store.status(), "b:2")->is_late);
  EXPECT_TRUE(a->log.has("replica b:2 is late")) << a->log.texts();
  const auto late = a->store.flush();
  ASSERT_TRUE(late);
  EXPECT_EQ(*late, Names{"b:2"});

  b->listener.block(false);
  EXPECT_TRUE(support::eventually([&] { return !find(a->store.status(), "b:2")->is_late; }));
  EXPECT_TRUE(support::eventually([&] { return a->log.has("replica b:2 is not late any more"); }));
  EXPECT_TRUE(support::eventually([&] {
    version = set(a->store, "s", "key", version, "2");
    return a->store.settle("s", version).empty();
  }));
}

TEST_F(StoreReplicas, ThatAreLateAreNotWaitedFor) {
  auto first = options("a:1");
  first.settle = std::chrono::milliseconds(50);
  const auto a = replica(first);
  const auto b = replica("b:2");
  b->listener.block(true);
  auto version = set(a->store, "s", "key", 0, "1");
  EXPECT_EQ(a->store.settle("s", version), Names{"b:2"});
  auto patient = options("c:3");
  patient.settle = std::chrono::hours(1);  // this test would not end
  patient.heartbeat.join = std::chrono::milliseconds(50);
  const auto c = replica(patient);
  version = set(c->store, "s", "key", version, "2");
  EXPECT_EQ(c->store.settle("s", version), Names{"b:2"});
  b->listener.block(false);
}

TEST_F(StoreReplicas, ThatEndAreMissedByNobody) {
  const auto a = replica("a:1");
  auto b = replica("b:2");
  ASSERT_TRUE(knows(*a, "b:2"));
  b.reset();
  ASSERT_TRUE(support::eventually([&] { return !knows(*a, "b:2"); }));
  const auto version = set(a->store, "s", "key", 0, "1");
  EXPECT_EQ(a->store.settle("s", version), Names{});
  EXPECT_TRUE(a->store.flush()->empty());
}

TEST_F(StoreReplicas, ThatDieAreForgotten) {
  auto quick = options("a:1");
  quick.heartbeat.gone = std::chrono::milliseconds(300);
  quick.heartbeat.join = std::chrono::milliseconds(50);
  const auto dead = Script::alone("beat");
  Client client(*read_url(url()), {}, {});
  const auto beat =
      client.call(kReplicasKey, dead.whole({kReplicasKey}, {"dead", "dead:9", "files", "", "0", "60000"}));
  ASSERT_TRUE(beat && !beat->is_error());
  const auto a = replica(quick);
  EXPECT_EQ(a->store.place(), 1u) << "it had the first one when it was alive";
  EXPECT_TRUE(support::eventually([&] { return !knows(*a, "dead:9"); }));
  EXPECT_TRUE(support::eventually([&] { return a->log.has("replica dead:9 is gone"); }));
}

TEST_F(StoreReplicas, AreListedThoughJunkIsListedToo) {
  const auto a = replica("a:1");
  // Two numbers; no MessagePack at all; a place that is none; a time that is none.
  for (const auto& [id, junk] :
       std::map<std::string, std::string>{{"two", "{}"},
                                          {"none", "\xc1"},
                                          {"place", "\xa1x\xa1x\xcb\x7f\xf8" + std::string(6, '\0') + "\x01"},
                                          {"time", "\xa1x\xa1x\x01\xcb\x7f\xf8" + std::string(6, '\0')}})
    EXPECT_EQ(ask({"HSET", "vm:replicas", id, junk}).integer, 1);
  EXPECT_TRUE(live_replicas(*read_url(url())).has_value());
  const auto b = replica("b:2");
  EXPECT_TRUE(knows(*b, "a:1"));
  EXPECT_TRUE(knows(*a, "b:2"));
  EXPECT_TRUE(support::eventually([&] { return ask({"HLEN", "vm:replicas"}).integer == 2; }));
  EXPECT_FALSE(a->store.status().is_away);
}

TEST_F(StoreReplicas, SayThatTheirHeartbeatIsRefused) {
  const auto a = replica("a:1");
  EXPECT_EQ(ask({"EVAL", "redis.call('DEL', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'junk')", "1",
                 "vm:replicas"})
                .integer,
            1);
  EXPECT_TRUE(support::eventually([&] { return a->store.status().is_away; }));
  EXPECT_NE(a->store.status().why.find("WRONGTYPE"), std::string::npos) << a->store.status().why;
  EXPECT_TRUE(support::eventually([&] {
    return a->log.has("the store does not take the heartbeat of this replica: WRONGTYPE");
  })) << a->log.texts();
  EXPECT_EQ(ask({"DEL", "vm:replicas"}).integer, 1);
  EXPECT_TRUE(support::eventually([&] { return !a->store.status().is_away; }));
}

TEST_F(StoreReplicas, ThatWereStoppedAreFreshOnlyWhenOthersKnowThemAgain) {
  auto quick = options("a:1");
  quick.heartbeat.gone = std::chrono::milliseconds(300);
  quick.settle = std::chrono::milliseconds(50);
  const auto a = replica(quick);
  quick.name = "b:2";
  quick.heartbeat.stale = std::chrono::milliseconds(200);
  const auto b = replica(quick);
  for (int round = 0; round < 3; ++round) {
    b->listener.block(true);
    ASSERT_TRUE(a->store.change("s", {.removed = {"key"}}));
    ASSERT_TRUE(support::eventually([&] { return !knows(*a, "b:2"); }));
    EXPECT_FALSE(b->store.is_fresh());
    b->listener.block(false);
    ASSERT_TRUE(support::eventually([&] { return b->store.is_fresh(); }));
    EXPECT_TRUE(knows(*a, "b:2"));
  }
}

TEST_F(StoreReplicas, WithOtherRuleFilesAreTold) {
  const auto a = replica("a:1");
  auto other = options("b:2");
  other.files = "other files";
  const auto b = replica(other);
  EXPECT_TRUE(support::eventually([&] { return a->log.has("replica b:2 answers otherwise"); }));
  EXPECT_TRUE(support::eventually([&] { return b->log.has("replica a:1 answers otherwise"); }));
  EXPECT_EQ(find(a->store.status(), "b:2")->files, "other files");
}

TEST_F(StoreReplicas, DoNotMindWhatOthersPublish) {
  const auto a = replica("a:1");
  for (const auto* message : {"", "x", "5:hello", "99999999999999999999:a", "-1:", "4:beat1:x", "3:ack1:a1:b",
                              "7:changed1:a1:1", "7:changed1:a1:11:s1:x", "5:flush1:x1:1"})
    EXPECT_EQ(ask({"PUBLISH", kChangedChannel, message}).integer, 1) << message;
  const auto b = replica("b:2");
  const auto version = set(b->store, "s", "key", 0, "1");
  EXPECT_EQ(b->store.settle("s", version), Names{});
  ASSERT_EQ(a->listener.changed().size(), 1u);
}

}  // namespace
}  // namespace vault_mock::redis
