// A store that goes away, does not answer, or comes back empty.
#include "unit/redis/store_test.hpp"

namespace vault_mock::redis {
namespace {

using StoreAwayTest = StoreTest;

bool is_back(const Replica& replica) { return replica.store.is_there() && replica.store.is_fresh(); }

TEST_F(StoreAwayTest, FailsAtOnceAndWritesAfterwardsWhatWasKept) {
  const auto a = replica("a:1");
  set(a->store, "s", "key", 0, "1");
  server->end();
  EXPECT_TRUE(support::eventually([&] { return !a->store.is_there(); }));
  EXPECT_FALSE(a->store.is_fresh());
  EXPECT_FALSE(a->store.change("s", {.values = {value("key", 0, "2")}}));
  EXPECT_FALSE(a->store.take("s", {}));
  EXPECT_FALSE(a->store.load("s", {}));
  EXPECT_FALSE(a->store.flush());
  const auto journal = a->store.journal("s", 0, 1);
  ASSERT_FALSE(journal);
  EXPECT_NE(journal.error().why.find("127.0.0.1"), std::string::npos) << journal.error().why;
  for (int i = 0; i < 3; ++i) append_request(a->store, "s", "kept");
  const auto status = a->store.status();
  EXPECT_TRUE(status.is_away);
  EXPECT_FALSE(status.why.empty());
  EXPECT_EQ(status.waiting, 3u);
  EXPECT_TRUE(support::eventually([&] { return a->log.has("the store is away: "); })) << a->log.texts();

  const int missed = a->listener.missed();
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(support::eventually([&] { return is_back(*a) && a->log.has("3 requests written"); }))
      << a->log.texts();
  EXPECT_GT(a->listener.missed(), missed);
  EXPECT_EQ(in_words(a->store.journal("s", 0, 10)), "1 kept, 2 kept, 3 kept");
  EXPECT_EQ(a->store.status().waiting, 0u);
}

TEST_F(StoreAwayTest, IsFoundEmptied) {
  const auto a = replica("a:1");
  set(a->store, "s", "key", 0, "1");
  EXPECT_FALSE(a->store.status().emptied);
  server->end();
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(support::eventually([&] { return a->store.status().emptied.has_value(); }));
  EXPECT_TRUE(support::eventually([&] { return a->log.has("the store was emptied"); })) << a->log.texts();
  EXPECT_TRUE(support::eventually([&] { return is_back(*a); }));
  EXPECT_EQ(a->store.load("s", {})->version, 0u);
}

TEST_F(StoreAwayTest, IsFoundEmptiedThoughItWasThereAllTheTime) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  EXPECT_FALSE(ask({"FLUSHALL"}).is_error());
  EXPECT_TRUE(support::eventually(
      [&] { return a->store.status().emptied.has_value() && b->store.status().emptied.has_value(); }));
  EXPECT_TRUE(support::eventually([&] { return a->store.status().replicas.size() == 2; }));
  EXPECT_NE(a->store.place(), b->store.place());
}

TEST_F(StoreAwayTest, IsNotEmptyWhenItWasOnlyDisconnected) {
  const auto a = replica("a:1");
  const auto version = set(a->store, "s", "key", 0, "1");
  const int missed = a->listener.missed();
  EXPECT_GT(ask({"CLIENT", "KILL", "TYPE", "pubsub"}).integer, 0);
  EXPECT_GT(ask({"CLIENT", "KILL", "TYPE", "normal"}).integer, 0);
  EXPECT_TRUE(support::eventually([&] { return a->listener.missed() > missed && is_back(*a); }));
  EXPECT_FALSE(a->store.status().emptied);
  EXPECT_EQ(a->store.place(), 0u);
  EXPECT_EQ(a->store.load("s", {})->version, version);
}

TEST_F(StoreAwayTest, IsAwayWhenItDoesNotAnswerAndDoesNothingThatWasGivenUp) {
  auto quick = options("a:1");
  quick.timing.reply = std::chrono::milliseconds(100);
  quick.call = std::chrono::milliseconds(200);
  const auto a = replica(quick);
  spaces::TakeCandidate candidate;
  candidate.count = "s#1";
  const auto take = [&] { return a->store.take("s", {candidate}); };
  spaces::StoreVersion version = 0;
  ASSERT_TRUE(support::eventually([&] { return take().has_value(); })) << "the server knows the script now";
  ASSERT_TRUE(support::eventually([&] {
    const auto changed = a->store.change("s", {.values = {value("key", version, "before")}});
    if (!changed) return false;
    // Where an earlier one was done, but its reply was lost, it is a conflict.
    const auto snapshot = a->store.load("s", {});
    if (snapshot) version = snapshot->values.front().second.version;
    return snapshot.has_value();
  }));
  append_request(a->store, "s", "before");
  ASSERT_TRUE(support::eventually([&] { return a->store.flush().has_value(); }));
  const auto count = std::stoi(ask({"HGET", "vm:{s}:counts", "s#1"}).text);

  server->pause();
  append_request(a->store, "s", "meanwhile");
  EXPECT_FALSE(take());
  EXPECT_FALSE(a->store.change("s", {.values = {value("key", version, "after")}}));
  EXPECT_TRUE(support::eventually([&] { return !a->store.is_there(); }));
  EXPECT_FALSE(a->store.is_fresh());
  append_request(a->store, "s", "afterwards");
  server->go_on();
  EXPECT_TRUE(support::eventually([&] { return is_back(*a) && a->store.status().waiting == 0; }));
  EXPECT_EQ(in_words(a->store.journal("s", 0, 10)), "1 before, 2 meanwhile, 3 afterwards");
  EXPECT_EQ(std::stoi(ask({"HGET", "vm:{s}:counts", "s#1"}).text), count);
  EXPECT_EQ(a->store.load("s", {})->values.front().second.version, version);
}

TEST_F(StoreAwayTest, KeepsSoManyRequestsAndCountsTheOthers) {
  auto few = options("a:1");
  few.bounds.away = 5;
  const auto a = replica(few);
  server->end();
  ASSERT_TRUE(support::eventually([&] { return !a->store.is_there(); }));
  for (int i = 1; i <= 8; ++i) append_request(a->store, i % 2 == 0 ? "even" : "odd", std::to_string(i));
  const auto status = a->store.status();
  EXPECT_EQ(status.waiting, 5u);
  EXPECT_EQ(status.dropped, 3u);
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(support::eventually([&] { return is_back(*a) && a->store.status().waiting == 0; }));
  EXPECT_EQ(in_words(a->store.journal("odd", 0, 10)), "1 1, 2 3, 3 5");
  EXPECT_EQ(in_words(a->store.journal("even", 0, 10)), "1 2, 2 4");
}

TEST_F(StoreAwayTest, KeepsSoManyBytesAndCountsTheOthers) {
  auto few = options("a:1");
  few.bounds.bytes = 10'000;
  const auto a = replica(few);
  server->end();
  ASSERT_TRUE(support::eventually([&] { return !a->store.is_there(); }));
  for (int i = 1; i <= 5; ++i) append_request(a->store, "s", std::string(3'000, 'x'));
  EXPECT_EQ(a->store.status().waiting, 3u);
  EXPECT_EQ(a->store.status().dropped, 2u);
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(support::eventually([&] { return is_back(*a) && a->store.status().waiting == 0; }));
  const auto journal = a->store.journal("s", 0, 10);
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->entries.size(), 3u);
  EXPECT_EQ(journal->lost, 2u);
}

// What is given up while its bytes still wait to be sent, and sent again, grows without end.
TEST_F(StoreAwayTest, SendsWhatItKeptNotMuchMoreThanOnce) {
  constexpr int kSpaces = 4, kOfEach = 150;
  constexpr std::size_t kSize = 100'000;
  auto quick = options("a:1");
  quick.timing.reply = std::chrono::milliseconds(100);
  const auto a = replica(quick);
  append_request(a->store, "0", "0");
  ASSERT_TRUE(support::eventually([&] { return a->store.status().waiting == 0; })) << "the script is known";
  server->pause();
  ASSERT_TRUE(support::eventually([&] { return !a->store.is_there(); }));
  for (int i = 1; i <= kOfEach; ++i)
    for (int space = 0; space < kSpaces; ++space)
      append_request(a->store, std::to_string(space), std::to_string(i) + std::string(kSize, 'x'));
  EXPECT_EQ(a->store.status().waiting, std::size_t{kSpaces} * kOfEach);
  server->go_on();
  EXPECT_TRUE(support::eventually([&] { return a->store.status().waiting == 0; }));
  EXPECT_EQ(a->store.status().dropped, 0u);
  for (int space = 0; space < kSpaces; ++space) {
    const auto length = ask({"XLEN", "vm:{" + std::to_string(space) + "}:journal"});
    EXPECT_EQ(length.integer, kOfEach + (space == 0 ? 1 : 0));
  }
  const auto stats = ask({"INFO", "stats"}).text;
  const std::string_view name = "total_net_input_bytes:";
  const auto received = std::stoull(stats.substr(stats.find(name) + name.size()));
  EXPECT_LT(received, 2 * kSpaces * kOfEach * kSize);
}

TEST_F(StoreAwayTest, MayBeAwayFromTheBeginning) {
  server->end();
  const auto a = replica("a:1");
  EXPECT_FALSE(a->store.is_there());
  EXPECT_TRUE(a->log.has("the store is away: ")) << a->log.texts();
  EXPECT_FALSE(a->store.load("s", {}));
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(support::eventually([&] { return is_back(*a); }));
  EXPECT_TRUE(support::eventually([&] { return a->log.has("the store is back"); })) << a->log.texts();
  EXPECT_FALSE(a->store.status().emptied);
}

TEST_F(StoreAwayTest, SaysThatItTakesNoChanges) {
  auto patient = options("a:1");
  patient.call = std::chrono::hours(1);  // what is repeated does not end here
  patient.heartbeat.beat = std::chrono::hours(1);
  const auto a = replica(patient);
  const auto version = set(a->store, "s", "key", 0, "1");
  EXPECT_FALSE(ask({"REPLICAOF", "127.0.0.1", std::to_string(support::free_port())}).is_error());
  const auto changed = a->store.change("s", {.values = {value("key", version, "2")}});
  ASSERT_FALSE(changed);
  EXPECT_NE(changed.error().why.find("READONLY You can't write"), std::string::npos) << changed.error().why;
}

TEST_F(StoreAwayTest, SaysWhatItCannotRead) {
  const auto a = replica("a:1");
  EXPECT_FALSE(ask({"SET", "vm:{s}:values", "something else"}).is_error());
  EXPECT_EQ(ask({"HSET", "vm:{s}:meta", "generation", "1", "version", "x"}).integer, 2);
  const auto load = a->store.load("s", {});
  ASSERT_FALSE(load);
  EXPECT_NE(load.error().why.find("WRONGTYPE"), std::string::npos) << load.error().why;
  EXPECT_TRUE(a->store.is_there());
}

}  // namespace
}  // namespace vault_mock::redis
