// What requests leave in the store, written behind their answers.
#include <thread>

#include "unit/redis/store_test.hpp"

namespace vault_mock::redis {
namespace {

using Kind = spaces::StoreEntry::Kind;
using StoreJournalTest = StoreTest;

TEST_F(StoreJournalTest, HasTheRequestsOfAllReplicasInOneOrder) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  append_request(a->store, "s", "one");
  append_request(a->store, "s", "two");
  ASSERT_TRUE(a->store.flush());
  append_request(b->store, "s", "three");
  append_request(b->store, "other", "elsewhere");
  const auto late = a->store.flush();
  ASSERT_TRUE(late) << late.error().why;
  EXPECT_TRUE(late->empty());
  EXPECT_EQ(in_words(b->store.journal("s", 0, 10)), "1 one, 2 two, 3 three");
  EXPECT_EQ(in_words(a->store.journal("s", 1, 1)), "2 two");
  EXPECT_EQ(a->store.journal("s", 3, 10)->last, 3u);
  EXPECT_EQ(in_words(a->store.journal("other", 0, 10)), "1 elsewhere");
}

TEST_F(StoreJournalTest, LosesNothingOfManyThreadsAndReplicas) {
  constexpr int kThreads = 4, kRequests = 500;
  std::vector<std::unique_ptr<Replica>> replicas;
  auto many = options("");
  many.bounds.journal = 2 * kThreads * kRequests;
  for (int i = 0; i < 2; ++i) replicas.push_back(replica(many));
  std::vector<std::thread> threads;
  for (std::size_t r = 0; r < 2; ++r)
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, r, t] {
        for (int n = 0; n < kRequests; ++n)
          append_request(replicas[r]->store, "s",
                         std::to_string(r) + "." + std::to_string(t) + "." + std::to_string(n));
      });
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE(replicas[0]->store.flush());
  const auto journal = replicas[0]->store.journal("s", 0, 100'000);
  ASSERT_TRUE(journal);
  ASSERT_EQ(journal->entries.size(), 2u * kThreads * kRequests);
  std::map<std::string, int> next;  // of each thread its own order
  for (const auto& [number, text] : journal->entries) {
    const auto dot = text.rfind('.');
    EXPECT_EQ(next[text.substr(0, dot)]++, std::stoi(text.substr(dot + 1)));
  }
}

TEST_F(StoreJournalTest, KeepsTheNewest) {
  auto few = options("a:1");
  few.bounds.journal = 3;
  few.bounds.sessions = 2;
  const auto a = replica(few);
  for (const auto* text : {"1", "2", "3", "4", "5"}) {
    append_request(a->store, "s", text);
    a->store.append("s", {entry(Kind::session, "", text)});
  }
  ASSERT_TRUE(a->store.flush());
  EXPECT_EQ(in_words(a->store.journal("s", 0, 10)), "3 3, 4 4, 5 5");
  EXPECT_EQ(*a->store.sessions("s"), (std::vector<std::string>{"4", "5"}));
}

TEST_F(StoreJournalTest, GoesOnCountingWhenItIsCleared) {
  const auto a = replica("a:1");
  append_request(a->store, "s", "one");
  a->store.append("s", {entry(Kind::session, "", "session")});
  ASSERT_TRUE(a->store.flush());
  ASSERT_TRUE(a->store.change("s", {.journal = true}));
  append_request(a->store, "s", "two");
  ASSERT_TRUE(a->store.flush());
  const auto journal = a->store.journal("s", 0, 10);
  EXPECT_EQ(in_words(journal), "2 two");
  EXPECT_EQ(journal->cleared_to, 1u);
  EXPECT_EQ(journal->clears, 1u);
  EXPECT_EQ(a->store.sessions("s")->size(), 1u);
  ASSERT_TRUE(a->store.change("s", {.sessions = true}));
  EXPECT_TRUE(a->store.sessions("s")->empty());
}

TEST_F(StoreJournalTest, KeepsAnyBytes) {
  const auto a = replica("a:1");
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  append_request(a->store, "s", bytes);
  ASSERT_TRUE(a->store.flush());
  EXPECT_EQ(a->store.journal("s", 0, 10)->entries.front().second, bytes);
}

TEST_F(StoreJournalTest, ComesWithCountsAndWithValuesThatNobodyHadSet) {
  const auto a = replica("a:1");
  set(a->store, "s", "known", 0, "before");
  a->store.append("s", {entry(Kind::count, "h7", "1000"), entry(Kind::count, "h7", "2000"),
                        entry(Kind::count, "c3:bob#1", ""), entry(Kind::consumer, "bob 2026-01-01", ""),
                        entry(Kind::consumer, "bob 2026-01-01", ""), entry(Kind::value, "known", "after"),
                        entry(Kind::value, "new", "text")});
  ASSERT_TRUE(a->store.flush());
  EXPECT_EQ(*a->store.counts("s"), (std::vector<std::pair<std::string, std::string>>{{"h7", "2 2000"}}));
  EXPECT_EQ(*a->store.consumer_counts("s"),
            (std::vector<std::pair<std::string, std::string>>{{"bob 2026-01-01", "2"}}));
  const auto values = a->store.load("s", std::vector<std::string>{"known", "new"});
  ASSERT_TRUE(values);
  for (const auto& [key, stored] : values->values) EXPECT_EQ(stored.text, key == "known" ? "before" : "text");
}

TEST_F(StoreJournalTest, HasABatchOnceThatComesTwice) {
  const auto a = replica("a:1");
  Client client(*read_url(url()), {}, {});
  const auto script = Script::of_space("append");
  const std::vector<std::string> arguments{"run:append", "1",   "",      "10", "10",  "request",
                                           "",           "one", "count", "h7", "1000"};
  for (int i = 0; i < 2; ++i) {
    const auto reply = client.call("vm:{s}:meta", script.whole(space_keys("s"), arguments));
    ASSERT_TRUE(reply) << reply.error().why;
    ASSERT_FALSE(reply->is_error()) << reply->text;
  }
  EXPECT_EQ(in_words(a->store.journal("s", 0, 10)), "1 one");
  EXPECT_EQ(a->store.counts("s")->front().second, "1 1000");
}

TEST_F(StoreJournalTest, IsReadInPartsOfSoManyBytes) {
  constexpr std::size_t kSize = 1'500'000;
  const auto a = replica("a:1");
  for (int i = 0; i < 5; ++i) append_request(a->store, "s", std::string(i < 4 ? kSize : 4 * kSize, 'x'));
  ASSERT_TRUE(a->store.flush());
  const auto numbers_from = [&](std::uint64_t after) {
    std::vector<std::uint64_t> numbers;
    const auto journal = a->store.journal("s", after, 10);
    EXPECT_TRUE(journal) << journal.error().why;
    if (journal)
      for (const auto& [number, text] : journal->entries) numbers.push_back(number);
    return numbers;
  };
  EXPECT_EQ(numbers_from(0), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(numbers_from(2), (std::vector<std::uint64_t>{3, 4}));
  EXPECT_EQ(numbers_from(4), std::vector<std::uint64_t>{5}) << "one at least";
  EXPECT_TRUE(numbers_from(5).empty());
}

TEST_F(StoreJournalTest, IsWrittenByAReplicaThatEnds) {
  const auto a = replica("a:1");
  auto b = replica("b:2");
  for (int i = 0; i < 100; ++i) append_request(b->store, "s", "x");
  b.reset();
  EXPECT_EQ(a->store.journal("s", 0, 1'000)->entries.size(), 100u);
}

}  // namespace
}  // namespace vault_mock::redis
