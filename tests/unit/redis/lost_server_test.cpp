// The client while its server, or the way there, is away.
#include <atomic>
#include <future>
#include <thread>

#include "redis/command.hpp"
#include "unit/redis/talk.hpp"

namespace vault_mock::redis {
namespace {

class LostServer : public WithRedis {};

// The numbers that were heard, in order.
std::vector<int> numbers_of(const std::vector<std::string>& heard) {
  std::vector<int> numbers;
  numbers.reserve(heard.size());
  for (const auto& each : heard) numbers.push_back(std::stoi(each.substr(each.find(' '))));
  return numbers;
}

bool answers(Talk& talk) {
  return eventually([&] { return talk.client().is_connected() && talk.ask({"ECHO", "x"}) == "x"; });
}

TEST_F(LostServer, LosesAllCommandsOfAConnectionThatIsCutAndMakesANewOne) {
  const auto server = start();
  Talk talk(url_of(server->port()), {.connect = kPatient.connect, .reply = kPatient.reply}),
      other(url_of(server->port()));
  ASSERT_TRUE(talk.is_connected_in_time());
  std::atomic<int> replies{0}, losses{0}, wrong{0};
  std::atomic<bool> is_enough{false};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; !is_enough; ++i) {
        const auto text = std::to_string(thread) + "/" + std::to_string(i);
        const auto reply = talk.ask({"ECHO", text});
        ++(reply == text ? replies : reply.starts_with("lost: ") ? losses : wrong);
      }
    });
  }
  for (int cut = 1; cut <= 5; ++cut) {
    const auto before = replies.load();
    EXPECT_TRUE(eventually([&] { return replies > before + 100; }));
    other.ask({"CLIENT", "KILL", "SKIPME", "yes", "TYPE", "normal"});
    EXPECT_TRUE(eventually(
        [&] { return losses > 0 && talk.times_connected() == static_cast<std::size_t>(cut) + 1; }));
  }
  const auto before = replies.load();
  EXPECT_TRUE(eventually([&] { return replies > before + 100; }));
  is_enough = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(talk.was_lost("the server closed the connection")) << talk.last_loss();
}

TEST_F(LostServer, HearsNothingTwiceOverNewSubscriptions) {
  const auto server = start();
  Talk talk(url_of(server->port()), {.connect = kPatient.connect, .reply = kPatient.reply});
  Talk other(url_of(server->port()), kPatient, {});
  ASSERT_TRUE(talk.is_connected_in_time());
  int told = 0;
  for (std::size_t cut = 1; cut <= 5; ++cut) {
    for (int i = 0; i < 50; ++i) other.ask({"PUBLISH", "news", std::to_string(told++)});
    other.ask({"CLIENT", "KILL", "TYPE", "pubsub"});
    EXPECT_TRUE(eventually([&] { return talk.times_connected() == cut + 1; }));
  }
  other.ask({"PUBLISH", "news", std::to_string(told)});
  EXPECT_TRUE(eventually([&] { return numbers_of(talk.heard()).back() == told; }));
  const auto heard = numbers_of(talk.heard());
  EXPECT_TRUE(std::ranges::is_sorted(heard, std::less_equal<>()));
  EXPECT_EQ(heard.size(), static_cast<std::size_t>(told) + 1) << "all cuts came when nothing was under way";
}

TEST_F(LostServer, LosesWhatAServerThatSaysNothingOwesAndTheRestAtOnce) {
  const auto server = start();
  Talk talk(url_of(server->port()), kHasty);
  ASSERT_TRUE(answers(talk));
  server->pause();
  std::vector<std::future<Result>> calls;
  calls.reserve(8);
  for (int i = 0; i < 8; ++i)
    calls.push_back(std::async(std::launch::async, [&] {
      return talk.client().call("", {"INCR", "count"});
    }));
  for (auto& call : calls) EXPECT_FALSE(call.get().has_value());
  EXPECT_FALSE(talk.client().is_connected());
  EXPECT_TRUE(talk.was_lost("the server did not answer in time"));
  // Nothing goes out to a server that does not answer.
  for (int i = 0; i < 100; ++i) {
    const auto result = talk.client().call("", {"INCR", "other count"});
    ASSERT_FALSE(result.has_value());
    EXPECT_FALSE(result.error().was_sent);
    EXPECT_NE(result.error().why.find("the server did not answer in time"), std::string::npos)
        << result.error().why;
  }
  server->go_on();
  EXPECT_TRUE(answers(talk));
  EXPECT_EQ(talk.ask({"GET", "other count"}), "nil");
}

// Replies come, each within the time, but the last ones of many later than that.
TEST_F(LostServer, GivesUpWhatIsLateUnlessItIsPatient) {
  const auto server = start();
  Client client(url_of(server->port()), {}, {},
                {.connect = kPatient.connect, .reply = std::chrono::seconds(1)});
  EXPECT_TRUE(eventually([&] {
    std::vector<std::future<bool>> replies;  // whether there is one
    const auto send = [&](Patience patience) {
      auto reply = std::make_shared<std::promise<bool>>();
      replies.push_back(reply->get_future());
      client.send(
          "", {"BLPOP", "nothing", "0.2"},
          [reply](const Result& result) { reply->set_value(result.has_value()); }, patience);
    };
    for (int i = 0; i < 7; ++i) send(Patience::reply);
    send(Patience::connection);
    std::vector<bool> have_come;
    for (auto& reply : replies) have_come.push_back(reply.get());
    return have_come.front() && !have_come[6] && have_come.back();
  }));
}

TEST_F(LostServer, SaysOfEachLostCommandWhetherItWasSent) {
  const auto server = start();
  Talk talk(url_of(server->port()), kHasty);
  ASSERT_TRUE(answers(talk));
  server->pause();
  const auto first = talk.client().call("", {"SET", "a", "1"});
  ASSERT_FALSE(first.has_value());
  server->go_on();
  // It was sent before the server was found to be away, so it was done.
  EXPECT_TRUE(first.error().was_sent || first.error().why.find("in time") == std::string::npos);
  EXPECT_TRUE(answers(talk));
  EXPECT_EQ(talk.ask({"GET", "a"}), first.error().was_sent ? "1" : "nil");
}

TEST_F(LostServer, ComesBackToAServerThatStartsAgain) {
  const auto server = start();
  Talk talk(url_of(server->port()), kHasty);
  ASSERT_TRUE(answers(talk));
  server->end();
  EXPECT_TRUE(
      eventually([&] { return !talk.client().is_connected() && talk.was_lost("Connection refused"); }));
  ASSERT_TRUE(server->start_again());
  EXPECT_TRUE(answers(talk));
  EXPECT_EQ(talk.ask({"DBSIZE"}), "0");
}

TEST_F(LostServer, LeavesAServerThatTakesNoChanges) {
  const auto server = start();
  Talk talk(url_of(server->port())), other(url_of(server->port()));
  ASSERT_TRUE(talk.is_connected_in_time());
  EXPECT_EQ(other.ask({"REPLICAOF", "127.0.0.1", std::to_string(support::free_port())}), "OK");
  const auto words = talk.ask({"SET", "a", "1"});
  EXPECT_TRUE(words.starts_with("READONLY ")) << words;
  EXPECT_TRUE(eventually([&] { return talk.was_lost("it cannot serve (READONLY"); })) << talk.last_loss();
  EXPECT_EQ(other.ask({"REPLICAOF", "NO", "ONE"}), "OK");
  EXPECT_TRUE(eventually([&] { return talk.ask({"SET", "a", "1"}) == "OK"; }));
}

TEST_F(LostServer, IsConnectedToAgainAfterAFunctionHasThrown) {
  const auto server = start();
  std::atomic<int> connected{0};
  std::atomic<bool> is_over{false};
  Listeners listeners;
  listeners.connected = [&] { ++connected; };
  listeners.lost = [&](std::string_view) {
    if (!is_over) throw std::bad_alloc();
  };
  listeners.heard = [](std::string_view, std::string_view) { throw std::bad_alloc(); };
  Client client(url_of(server->port()), {"news"}, std::move(listeners), kPatient);
  ASSERT_TRUE(eventually([&] { return connected == 1; }));
  client.post([] { throw std::bad_alloc(); });
  EXPECT_TRUE(eventually([&] { return connected == 2; }));
  client.send("", {"PING"}, [](const Result&) { throw std::bad_alloc(); });
  EXPECT_TRUE(eventually([&] { return connected == 3; }));
  ASSERT_TRUE(eventually([&] { return client.call("", {"PUBLISH", "news", "x"}).has_value(); }));
  EXPECT_TRUE(eventually([&] { return connected == 4; }));
  EXPECT_TRUE(eventually([&] { return client.call("", {"ECHO", "x"}).has_value(); }));
  is_over = true;
}

TEST(Completion, IsLostWhereItIsDropped) {
  std::vector<std::string> told;
  const auto done = [&](const Result& result) { told.push_back(result ? result->text : result.error().why); };
  { const Completion dropped{Done(done)}; }
  EXPECT_EQ(told, std::vector<std::string>{"no memory"});
  {
    Completion given{Done(done)};
    given(Reply{.kind = Reply::Kind::text, .text = "reply"});
    const Completion moved(std::move(given));
  }
  EXPECT_EQ(told.size(), 2U);
  EXPECT_EQ(told.back(), "reply");
}

TEST(LostHost, SaysWhyThereIsNoConnection) {
  const auto port = support::free_port();
  Talk refused(url_of(port), kHasty);
  EXPECT_EQ(refused.ask({"PING"}), "lost: 127.0.0.1:" + std::to_string(port) + ": Connection refused");
  EXPECT_FALSE(refused.client().is_connected());
  auto url = url_of(port);
  url.host = "no such host";
  Talk unknown(url, kPatient);
  const auto words = unknown.ask({"PING"});
  EXPECT_TRUE(words.starts_with("lost: no such host:" + std::to_string(port) + ": the host has no address"))
      << words;
}

TEST(LostHost, TicksAllTheSame) {
  std::atomic<int> ticks{0};
  Listeners listeners;
  listeners.tick = std::chrono::milliseconds(1);
  listeners.ticked = [&] { ++ticks; };
  const Client client(url_of(support::free_port()), {}, std::move(listeners), kHasty);
  EXPECT_TRUE(eventually([&] { return ticks > 20; }));
}

}  // namespace
}  // namespace vault_mock::redis
