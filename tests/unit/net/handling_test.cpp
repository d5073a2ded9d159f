// Handlers that throw, block or stream, and clients that vanish meanwhile.
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::eventually;
using support::kGet;
using support::RawClient;
using support::status_of;

Answer echo(const Request& request) {
  return support::text_answer(std::string(request.method) + " " + std::string(request.target));
}

class Handling : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Handling);

TEST_P(Handling, SurvivesWhatAStreamThrows) {
  auto server = serve([](const Request& request) {
    if (request.target != "/stream") return echo(request);
    Answer answer;
    answer.next_piece = [said = false]() mutable {
      if (std::exchange(said, true)) throw std::runtime_error("out of cheese");
      return Piece{.bytes = "half", .pause = {}};
    };
    return answer;
  });
  for (int i = 0; i < 5; ++i) {
    auto client = server.connect();
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(body_of(client.read_to_end()).substr(0, 4), "half");
    EXPECT_NE(client.end(), RawClient::End::open);
  }
  EXPECT_EQ(body_of(server.ask(kGet)), "GET /");
}

TEST_P(Handling, TurnsExceptionsIntoA500) {
  auto server = serve([](const Request&) -> Answer { throw std::runtime_error("out of cheese"); });
  const auto answer = server.ask(kGet);
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_EQ(body_of(answer), "500: out of cheese");
}

TEST_P(Handling, ServesOthersWhileHandlersBlock) {
  std::atomic<int> blocked{0};
  std::atomic<bool> go_on{false};
  auto server = serve([&](const Request& request) {
    if (request.target == "/block") {
      ++blocked;
      eventually([&] { return go_on.load(); });
    }
    return echo(request);
  });
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server.connect());
    clients.back().send("GET /block HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  EXPECT_TRUE(eventually([&] { return blocked == 20; }));
  EXPECT_EQ(body_of(server.ask(kGet)), "GET /");
  go_on = true;
  for (auto& client : clients) {
    EXPECT_EQ(body_of(client.read_answer()), "GET /block");
    EXPECT_EQ(body_of(client.read_answer()), "GET /next");
  }
  if (GetParam() == Transport::httplib) return;  // its connections keep their threads
  // Threads that were needed for it end.
  EXPECT_TRUE(
      eventually([&] { return server.server->threads() <= std::thread::hardware_concurrency() + 1; }));
}

// Refuses only when it is told to go on.
class SlowToRefuse final : public Handler {
 public:
  Answer handle(const Request& request) override { return echo(request); }
  Answer refuse(const Refusal& refusal) override {
    ++blocked;
    eventually([&] { return go_on.load(); });
    return {.status = refusal.status};
  }
  void report(std::string_view) override {}

  std::atomic<int> blocked{0};
  std::atomic<bool> go_on{false};
};

TEST_P(Handling, ServesOthersWhileRefusalsBlock) {
  ServerOptions options;
  options.times.request = 50ms;
  options.loops = 1;
  SlowToRefuse handler;
  const auto server = Server::create(on_transport(options), handler);
  const auto port = server->bind("127.0.0.1", 0).value();
  std::thread thread([&] { server->run(); });
  RawClient wrong(port), late(port), other(port);
  wrong.send("NONSENSE\r\n\r\n");
  late.send("GET / HT");
  EXPECT_TRUE(eventually([&] { return handler.blocked == 2; }));
  other.send(kGet);
  EXPECT_EQ(body_of(other.read_answer()), "GET /");
  handler.go_on = true;
  EXPECT_EQ(status_of(wrong.read_to_end()), 400);
  EXPECT_EQ(status_of(late.read_to_end()), 408);
  server->stop();
  thread.join();
}

TEST_P(Handling, SurvivesClientsThatVanish) {
  auto server = serve([](const Request& request) {
    auto answer = echo(request);
    if (request.target == "/big") answer.body.append(4'000'000, 'x');
    if (request.target == "/late") answer.delivery = {.delay = 20ms};
    return answer;
  });
  for (int i = 0; i < 50; ++i) {
    for (const std::string request :
         {"", "GET / HT", "GET /late HTTP/1.1\r\nHost: a\r\n\r\n", "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"}) {
      auto client = server.connect();
      client.send(request);
      if (i % 2 == 0) client.vanish();
    }
  }
  EXPECT_EQ(status_of(server.ask(kGet)), 200);
  EXPECT_TRUE(server.comes_to_connections(0));
}

}  // namespace
}  // namespace vault_mock::net
