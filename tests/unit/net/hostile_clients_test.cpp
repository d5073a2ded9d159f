// Clients that break the rules, or do nothing: they get their answer, and nobody else notices.
#include <array>
#include <chrono>
#include <ctime>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <thread>
#include <utility>
#include <vector>

#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::eventually;
using support::header_of;
using support::kGet;
using support::RawClient;
using support::RunningServer;
using support::since;
using support::status_of;
using support::text_answer;

Answer answer_ok(const Request&) { return text_answer("ok"); }

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds processor_time() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::milliseconds(time.tv_sec * 1000 + time.tv_nsec / 1'000'000);
}

class HostileClients : public support::OnEachTransport {};
ON_EACH_TRANSPORT(HostileClients);

TEST_P(HostileClients, AreToldWhatIsWrongAndLetGo) {
  auto server = serve(answer_ok);
  for (const auto& [request, status] : std::initializer_list<std::pair<std::string, int>>{
           {"GARBAGE\r\n\r\n", 400},
           {"GET / HTTP/1.1\n\n", 400},
           {"\x16\x03\x01\x02 a TLS client says hello", 400},
           {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
           {"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 405},
           {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
           {"POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc", 400},
           {"POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\nabc", 400},
           {"POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", 400},
           {"POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 1048577\r\n\r\n", 413},
           {"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\ncontent-length: 1048577\r\n\r\n", 413},
           {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
           {"GET / HTTP/1.1\r\nHost: a\r\na: " + std::string(70'000, 'a') + "\r\n\r\n", 431}}) {
    auto client = server.connect();
    client.send(request + std::string(kGet));  // what follows must not be taken for a request
    const auto answer = client.read_to_end();
    EXPECT_EQ(status_of(answer), status) << request.substr(0, 60);
    EXPECT_EQ(header_of(answer, "connection"), "close");
    EXPECT_TRUE(body_of(answer).starts_with(std::to_string(status) + ": ")) << answer;
    EXPECT_EQ(answer.find("HTTP/1.1 200"), std::string::npos) << "a second answer: " << answer;
    EXPECT_EQ(client.end(), RawClient::End::closed) << request.substr(0, 60);
  }
}

TEST_P(HostileClients, SeeTheRefusalOfALargeBodyEvenIfTheyFirstSendAllOfIt) {
  auto server = serve(answer_ok);
  auto client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 30000000\r\n\r\n");
  client.send(std::string(30'000'000, 'x'));
  client.finish_sending();
  const auto answer = client.read_to_end();
  EXPECT_EQ(status_of(answer), 413);
  EXPECT_EQ(client.end(), RawClient::End::closed);
}

TEST(HostileClientsOnEpoll, WhoSendSlowlyHoldUpNobodyAndAreTimedOut) {
  ServerOptions options;
  options.times.request = 2s;
  options.loops = 2;
  RunningServer server(answer_ok, options);
  std::vector<RawClient> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(server.connect());
    slow.back().send(i % 2 == 0 ? "GET / HT"
                                : "POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 100\r\n\r\nabc");
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(body_of(server.ask(kGet)), "ok");
  EXPECT_GE(server.server->connections(), slow.size()) << "none of them has had its time yet";
  EXPECT_TRUE(eventually([&] { return server.server->threads() == options.loops; }));
  for (auto& client : slow) {
    client.try_send("x");
    EXPECT_EQ(status_of(client.read_to_end()), 408);
  }
}

TEST_P(HostileClients, WhoSendAByteNowAndThenAreTimedOut) {
  ServerOptions options;
  options.times.request = 100ms;
  auto server = serve(answer_ok, options);
  auto client = server.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nx: ");
  std::string answer;
  for (int i = 0; i < 2'000 && answer.empty(); ++i) {
    client.try_send("x");
    answer = client.read_for(5ms);
  }
  EXPECT_EQ(status_of(answer), 408);
}

TEST(HostileClientsOnHttplib, WhoAreIdleMakeRoomForOneAnother) {
  ServerOptions options;
  options.transport = Transport::httplib;
  options.max_threads = 3;
  RunningServer server(answer_ok, options);
  std::vector<RawClient> idle;
  for (int i = 0; i < 3; ++i) {
    idle.push_back(server.connect());
    idle.back().send(kGet);
    EXPECT_EQ(body_of(idle.back().read_answer()), "ok");
  }
  EXPECT_EQ(body_of(server.ask(kGet)), "ok") << "a fourth has to wait until one of them is idle for a while";
  int left = 0;
  for (auto& client : idle) {
    client.try_send(kGet);
    std::string answer;
    while (answer.empty() && client.end() == RawClient::End::open) answer = client.read_for(5ms);
    left += answer.starts_with("HTTP/1.1 200 ") ? 1 : 0;
  }
  EXPECT_GE(left, 1) << "one makes room, not all";
}

TEST_P(HostileClients, WhoDoNotReadAreDroppedAfterAWhile) {
  ServerOptions options;
  options.times.write = 200ms;
  auto server =
      serve([](const Request&) -> Answer { return text_answer(std::string(20'000'000, 'x')); }, options);
  auto client = server.connect();
  client.send(kGet);
  EXPECT_TRUE(server.comes_to_connections(1));
  EXPECT_TRUE(server.comes_to_connections(0));
}

TEST_P(HostileClients, WhoPipelineWithoutReadingDoNotFillTheMemory) {
  std::atomic<int> answered{0};
  auto server = serve([&](const Request& request) -> Answer {
    if (request.target == "/other") return text_answer("ok");
    ++answered;
    return text_answer(std::string(1'000'000, 'x'));
  });
  auto client = server.connect();
  client.receive_little();
  std::string requests;
  for (int i = 0; i < 2000; ++i) requests += kGet;
  client.send(requests);
  EXPECT_TRUE(eventually([&] { return answered > 0; }));
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(body_of(server.ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")), "ok");
  EXPECT_LT(answered, 20) << "answers must wait until the client takes them";
}

TEST_P(HostileClients, WhoAreIdleForTooLongAreLetGo) {
  ServerOptions options;
  options.times.idle = 150ms;
  auto server = serve(answer_ok, options);
  auto silent = server.connect();
  auto served = server.connect();
  served.send(kGet);
  EXPECT_EQ(body_of(served.read_answer()), "ok");
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(silent.end(), RawClient::End::closed);
  EXPECT_EQ(served.read_to_end(), "");
}

TEST_P(HostileClients, OpeningAndDroppingConnectionsLeavesNothingBehind) {
  auto server = serve(answer_ok);
  for (int i = 0; i < 5'000; ++i) {
    auto client = server.connect();
    if (i % 3 == 0) client.vanish();
    if (i % 3 == 1) client.send("GET");
  }
  EXPECT_EQ(body_of(server.ask(kGet)), "ok");
  EXPECT_TRUE(server.comes_to_connections(0));
}

// Lowers the limit of descriptors for as long as it lives, to `spare` more than are in use.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t spare) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(next) + spare;
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(HostileClientsOnEpoll, WhoUseUpTheDescriptorsMakeRoomForOthersWhenIdle) {
  RunningServer server(answer_ok);
  auto early = server.connect();
  early.send(kGet);
  early.read_answer();
  auto late = RawClient::unconnected(server.port);
  std::vector<RawClient> hoard;
  for (int i = 0; i < 60; ++i) hoard.push_back(RawClient::unconnected(server.port));
  const FewDescriptors limit(20);
  for (auto& client : hoard) client.connect();

  EXPECT_TRUE(eventually([&] { return server.server->connections() >= 20; }));
  const auto begin = Clock::now();
  const auto used = processor_time();
  early.send(kGet);
  EXPECT_EQ(body_of(early.read_answer(RawClient::Asked::for_body, 60s)), "ok")
      << "who was there before is served";
  late.connect();
  late.send(kGet);
  EXPECT_EQ(body_of(late.read_answer(RawClient::Asked::for_body, 60s)), "ok");
  EXPECT_LT((processor_time() - used) * 2, since(begin)) << "the server must not spin until there is room";
}

}  // namespace
}  // namespace vault_mock::net
