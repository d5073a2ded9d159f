#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <vector>

#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::eventually;
using support::header_of;
using support::RawClient;
using support::RunningServer;
using support::text_answer;

// "/pieces" says one thing after the other, with a silence now and then; no thread is kept for it.
class Pieces : public support::OnEachTransport {
 protected:
  RunningServer start(ServerOptions options = {}, Delivery delivery = {}) {
    return serve(
        [this, delivery](const Request& request) {
          if (request.target == "/plain") return text_answer("plain");
          Answer answer;
          answer.headers = {{"content-type", "text/event-stream"}};
          answer.delivery = delivery;
          ++open_;
          const std::shared_ptr<void> counted(nullptr, [this](void*) { --open_; });
          answer.next_piece = [counted, said = 0,
                               size = std::size_t{request.target == "/long" ? 100'000u : 0u}]() mutable {
            const auto number = said++;
            if (number % 3 == 2) return Piece{.bytes = "", .pause = 1ms};
            return Piece{.bytes = "data: " + std::to_string(number) + std::string(size, '.') + "\n\n",
                         .pause = 1ms};
          };
          return answer;
        },
        options);
  }
  void expect_open(int count) {
    EXPECT_TRUE(eventually([&] { return open_ == count; })) << open_ << " are open";
  }
  // The one that is open ends when its client leaves, by a reset or in order.
  void expect_to_end_with(RawClient& client, bool abruptly) {
    expect_open(1);
    if (abruptly)
      client.vanish();
    else
      client.close();
    expect_open(0);
  }
  std::atomic<int> open_{0};
};
ON_EACH_TRANSPORT(Pieces);

TEST_P(Pieces, AreSentOneAfterTheOther) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto begin = client.read_until("data: 10\n\n");
  EXPECT_EQ(header_of(begin, "transfer-encoding"), "chunked");
  EXPECT_NE(begin.find("data: 9\n\n"), std::string::npos);
  EXPECT_EQ(begin.find("data: 8\n\n"), std::string::npos) << "which said nothing";
}

TEST_P(Pieces, GoToAClientOfHttp10WithoutChunks) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /pieces HTTP/1.0\r\n\r\n");
  const auto begin = client.read_until("data: 4\n\n");
  EXPECT_NE(begin.find("\r\n\r\ndata: 0\n\ndata: 1\n\ndata: 3\n\ndata: 4\n\n"), std::string::npos) << begin;
}

TEST_P(Pieces, LongerThanASocketTakesWaitForTheirReader) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(body_of(server.ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n")), "plain");
  const auto read = client.read_until("data: 100.");
  EXPECT_GT(read.size(), 6'000'000u);
}

TEST_P(Pieces, EndWithTheirClient) {
  auto server = start();
  for (const bool abruptly : {false, true}) {
    auto client = server.connect();
    client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
    client.read_until("data: 1\n\n");
    expect_to_end_with(client, abruptly);
  }
}

TEST_P(Pieces, GoOnForAWhileWhenTheClientHasFinishedSending) {
  ServerOptions options;
  options.times.half_closed = 100ms;
  auto server = start(options);
  auto client = server.connect();
  client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
  client.finish_sending();
  client.read_until("data: 10\n\n");
  expect_open(0);
}

TEST_P(Pieces, EndWithTheServer) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
  client.read_until("data: 0\n\n");
  server.stop();
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  client.read_to_end();
  EXPECT_EQ(open_, 0);
}

TEST_P(Pieces, TakeNoThreadOfTheLoops) {
  if (GetParam() != Transport::epoll) GTEST_SKIP() << "a connection of httplib has its thread already";
  ServerOptions options;
  options.loops = 2;
  options.max_threads = 2;
  auto server = start(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 300; ++i) {
    clients.push_back(server.connect());
    clients.back().send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (auto& client : clients) client.read_until("data: 4\n\n");
  EXPECT_LE(server.server->threads(), 2u);
  EXPECT_EQ(body_of(server.ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n")), "plain");
  clients.clear();
  expect_open(0);
}

TEST_P(Pieces, ADelayComesBeforeTheFirst) {
  auto server = start({}, {.delay = 150ms});
  auto client = server.connect();
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
  client.read_until("data: 0\n\n");
  EXPECT_GE(support::since(begin), 150ms);
}

TEST_P(Pieces, AreNotWaitedForByAClientThatLeavesDuringTheDelay) {
  ServerOptions options;
  options.times.half_closed = 100ms;
  auto server = start(options, {.delay = 1h});
  for (const bool abruptly : {false, true}) {
    auto client = server.connect();
    client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_to_end_with(client, abruptly);
  }
}

TEST_P(Pieces, HeadAndFaultsLeaveThemOut) {
  {
    auto server = start();
    auto client = server.connect();
    client.send("HEAD /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.read_to_end().find("data:"), std::string::npos);
  }
  for (const auto fault : {Fault::reset, Fault::close, Fault::truncate, Fault::hang}) {
    auto server = start({}, {.fault = fault, .hang_limit = 50ms});
    auto client = server.connect();
    client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_to_end().find("data:"), std::string::npos);
  }
  expect_open(0);
}

}  // namespace
}  // namespace vault_mock::net
