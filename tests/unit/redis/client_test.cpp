// The client with one real server that stays.
#include "redis/client.hpp"

#include <atomic>
#include <future>
#include <thread>

#include "unit/redis/talk.hpp"

namespace vault_mock::redis {
namespace {

class RedisClient : public WithRedis {};

TEST_F(RedisClient, GetsEveryKindOfReply) {
  const auto server = start();
  Talk talk(url_of(server->port()));
  const std::string bytes("a\0b\r\n\xff", 6);
  EXPECT_EQ(talk.ask({"SET", "key", bytes}), "OK");
  EXPECT_EQ(talk.ask({"GET", "key"}), bytes);
  EXPECT_EQ(talk.ask({"GET", "other"}), "nil");
  EXPECT_EQ(talk.ask({"SET", "empty", ""}), "OK");
  EXPECT_EQ(talk.ask({"STRLEN", "empty"}), "0");
  EXPECT_EQ(talk.ask({"MGET", "key", "other", "empty"}), bytes + "  ");
  EXPECT_EQ(talk.ask({"LPUSH", "key", "x"}),
            "WRONGTYPE Operation against a key holding the wrong kind of value");
  EXPECT_FALSE(talk.client().is_cluster());
}

TEST_F(RedisClient, WaitsForItsFirstConnection) {
  const auto server = start();
  Client client(url_of(server->port()), {}, {}, kPatient);
  EXPECT_TRUE(client.call("", {"PING"}).has_value());
}

TEST_F(RedisClient, GivesEachOfManyThreadsItsOwnReplies) {
  const auto server = start();
  Talk talk(url_of(server->port()));
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 500; ++i) {
        const auto text = std::to_string(thread) + "/" + std::to_string(i);
        if (talk.ask({"ECHO", text}, text) != text) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// Far more than fits into the sockets' buffers at once, none of it waited for.
TEST_F(RedisClient, SendsWithoutWaitingInTheOrderOfItsCommands) {
  const auto server = start();
  Talk talk(url_of(server->port()));
  constexpr std::size_t kCommands = 2'000;
  const std::string padding(10'000, 'x');
  std::vector<std::string> replies;  // only in the client's thread
  std::promise<void> all;
  for (std::size_t i = 0; i < kCommands; ++i) {
    talk.client().send("", {"ECHO", std::to_string(i) + padding}, [&](const Result& result) {
      replies.push_back(result ? result->text : result.error().why);
      if (replies.size() == kCommands) all.set_value();
    });
  }
  all.get_future().get();
  for (std::size_t i = 0; i < kCommands; ++i) ASSERT_EQ(replies[i], std::to_string(i) + padding);
}

TEST_F(RedisClient, HearsWhatIsPublishedOnceAndInOrder) {
  const auto server = start();
  Talk hearing(url_of(server->port()), kPatient, {"news", "to:1"}), telling(url_of(server->port()));
  ASSERT_TRUE(hearing.is_connected_in_time());
  std::vector<std::string> told;
  for (int i = 0; i < 100; ++i) {
    const std::string channel = i % 2 == 0 ? "news" : "to:1";
    telling.ask({"PUBLISH", channel, std::to_string(i)});
    told.push_back(channel + ": " + std::to_string(i));
  }
  telling.ask({"PUBLISH", "others", "no"});
  EXPECT_TRUE(eventually([&] { return hearing.heard().size() >= told.size(); }));
  EXPECT_EQ(hearing.heard(), told);
  EXPECT_EQ(hearing.times_connected(), 1U);
}

TEST_F(RedisClient, CallsWhatIsPostedInItsOwnThread) {
  const auto server = start();
  Talk talk(url_of(server->port()));
  std::promise<std::thread::id> posted, replied;
  talk.client().post([&] { posted.set_value(std::this_thread::get_id()); });
  talk.client().send("", {"PING"}, [&](const Result&) { replied.set_value(std::this_thread::get_id()); });
  const auto thread = posted.get_future().get();
  EXPECT_EQ(replied.get_future().get(), thread);
  EXPECT_NE(std::this_thread::get_id(), thread);
}

TEST_F(RedisClient, TakesCommandsFromItsOwnThread) {
  const auto server = start();
  Talk talk(url_of(server->port()));
  std::promise<std::string> last;
  talk.client().post([&] {
    talk.client().send("", {"ECHO", "one"}, [&](const Result& one) {
      talk.client().send("", {"ECHO", one->text + " two"},
                         [&](const Result& two) { last.set_value(two->text); });
    });
  });
  EXPECT_EQ(last.get_future().get(), "one two");
}

TEST_F(RedisClient, AsksAnIdleServerWhetherItIsThere) {
  const auto server = start();
  Timing timing = kPatient;
  timing.idle = std::chrono::milliseconds(1);
  Talk talk(url_of(server->port()), timing);
  ASSERT_TRUE(talk.is_connected_in_time());
  const auto pings = [&] { return talk.ask({"INFO", "commandstats"}).find("cmdstat_ping"); };
  EXPECT_TRUE(eventually([&] { return pings() != std::string::npos; }));
  EXPECT_EQ(talk.times_connected(), 1U);
}

TEST_F(RedisClient, GivesItsPassword) {
  const auto server = start({"--requirepass", "s3cret"});
  auto url = url_of(server->port());
  url.password = "s3cret";
  Talk talk(url);
  EXPECT_EQ(talk.ask({"ECHO", "in"}), "in");
  EXPECT_EQ(talk.ask({"ACL", "SETUSER", "ann", "on", ">her own", "allkeys", "allchannels", "allcommands"}),
            "OK");
  url.user = "ann";
  url.password = "her own";
  Talk as_ann(url);
  EXPECT_EQ(as_ann.ask({"ACL", "WHOAMI"}), "ann");
}

TEST_F(RedisClient, SaysThatAPasswordIsMissingOrRefused) {
  const auto server = start({"--requirepass", "s3cret"});
  auto url = url_of(server->port());
  const auto place = "127.0.0.1:" + std::to_string(server->port());
  EXPECT_EQ(
      Talk(url).ask({"PING"}),
      "lost: " + place + ": it asks for a password, which goes into its address: redis://:PASSWORD@HOST");
  url.password = "s4cret";
  const auto words = Talk(url).ask({"PING"});
  EXPECT_TRUE(words.starts_with("lost: " + place + ": the password is refused (WRONGPASS")) << words;
  EXPECT_EQ(words.find("s4cret"), std::string::npos);
}

TEST_F(RedisClient, ChoosesItsDatabase) {
  const auto server = start();
  auto url = url_of(server->port());
  Talk first(url);
  url.database = 5;
  Talk fifth(url);
  EXPECT_EQ(fifth.ask({"SET", "key", "of five"}), "OK");
  EXPECT_EQ(first.ask({"GET", "key"}), "nil");
  url.database = 99;
  EXPECT_EQ(Talk(url).ask({"PING"}), "lost: 127.0.0.1:" + std::to_string(server->port()) +
                                         ": database 99 is refused (ERR DB index is out of range)");
}

TEST_F(RedisClient, LosesWhatIsUnderWayWhenItEnds) {
  const auto server = start();
  auto talk = std::make_unique<Talk>(url_of(server->port()));
  ASSERT_TRUE(talk->is_connected_in_time());
  server->pause();
  std::vector<std::string> lost;
  for (int i = 0; i < 10; ++i)
    talk->client().send("", {"PING"},
                        [&](const Result& result) { lost.push_back(result ? "" : result.error().why); });
  talk.reset();
  server->go_on();
  ASSERT_EQ(lost.size(), 10U);
  for (const auto& why : lost) EXPECT_NE(why.find("the client has ended"), std::string::npos) << why;
}

}  // namespace
}  // namespace vault_mock::redis
