#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
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

using Clock = std::chrono::steady_clock;

// "/events" never ends; "/three" says three things and ends; "/plain" is no stream.
struct Streams {
  std::atomic<int> open{0};
  Delivery delivery{};

  Answer operator()(const Request& request) {
    if (request.target == "/plain") return text_answer("plain");
    Answer answer{.headers = {{"content-type", "text/event-stream"}}, .delivery = delivery};
    ++open;
    // Counted for as long as the stream is kept, run or not.
    const std::shared_ptr<void> counted(nullptr, [this](void*) { --open; });
    answer.stream = [counted, ends = request.target == "/three"](const Send& send) {
      for (int said = 0; !ends || said < 3; ++said) {
        if (!send("data: " + std::to_string(said) + "\n\n")) return;
        std::this_thread::sleep_for(10ms);
      }
    };
    return answer;
  }
};

class Streaming : public support::OnEachTransport {
 protected:
  RunningServer start(ServerOptions options = {}) {
    return serve([this](const Request& request) { return streams_(request); }, options);
  }
  void expect_open(int count) {
    EXPECT_TRUE(eventually([&] { return streams_.open == count; })) << streams_.open << " are open";
  }
  Streams streams_;
};
ON_EACH_TRANSPORT(Streaming);

TEST_P(Streaming, EachPieceIsSentAsItComes) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto begin = client.read_until("data: 0\n\n");
  EXPECT_EQ(header_of(begin, "content-type"), "text/event-stream");
  EXPECT_EQ(begin.find("data: 30"), std::string::npos);
  client.read_until("data: 5\n\n");
}

TEST_P(Streaming, AStreamThatEndsLeavesTheConnectionOpen) {
  auto server = start();
  auto client = server.connect();
  for (const std::string path : {"/three", "/plain", "/three"}) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(body_of(client.read_answer()),
              path == "/three" ? "data: 0\n\ndata: 1\n\ndata: 2\n\n" : "plain");
  }
  expect_open(0);
}

TEST_P(Streaming, PipelinedRequestsWaitForTheStreamBeforeThem) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /three HTTP/1.1\r\nHost: a\r\n\r\nGET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "data: 0\n\ndata: 1\n\ndata: 2\n\n");
  EXPECT_EQ(body_of(client.read_answer()), "plain");
}

TEST_P(Streaming, AClientOfHttp10GetsItWithoutChunks) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /three HTTP/1.0\r\n\r\n");
  const auto answer = client.read_to_end();
  EXPECT_EQ(header_of(answer, "transfer-encoding"), "");
  EXPECT_EQ(body_of(answer), "data: 0\n\ndata: 1\n\ndata: 2\n\n");
}

TEST_P(Streaming, AClientThatHangsUpEndsItsStream) {
  auto server = start();
  for (const bool abruptly : {false, true}) {
    auto client = server.connect();
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    client.read_until("data: 1\n\n");
    expect_open(1);
    if (abruptly)
      client.vanish();
    else
      client.close();
    expect_open(0);
  }
}

TEST_P(Streaming, AClientThatOnlyFinishedSendingGetsAShortStream) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /three HTTP/1.1\r\nHost: a\r\n\r\n");
  client.finish_sending();
  EXPECT_EQ(body_of(client.read_answer()), "data: 0\n\ndata: 1\n\ndata: 2\n\n");
}

TEST_P(Streaming, ManyStreamsHoldUpNobody) {
  auto server = start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(server.connect());
    clients.back().send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (auto& client : clients) client.read_until("data: 0\n\n");
  expect_open(100);
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(body_of(server.ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n")), "plain");
  expect_open(100);
  clients.clear();
  expect_open(0);
}

TEST_P(Streaming, StreamsThatNoThreadIsLeftForAreRefused) {
  if (GetParam() != Transport::epoll) GTEST_SKIP() << "a connection of httplib has its thread already";
  ServerOptions options;
  options.loops = 2;
  options.max_threads = 4;
  auto server = start(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(server.connect());
    clients.back().send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    clients.back().read_until("data: 0\n\n");
  }
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(status_of(server.ask("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")), 503);
  EXPECT_EQ(body_of(server.ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n")), "plain");
}

TEST_P(Streaming, AStopEndsStreams) {
  auto server = start();
  auto client = server.connect();
  client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  client.read_until("data: 0\n\n");
  server.stop();
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  client.read_to_end();
  EXPECT_EQ(streams_.open, 0);
}

// Until there is something to say again a stream asks with an empty piece.
TEST_P(Streaming, AStreamThatHasNothingToSayEndsWithTheServerAndItsClient) {
  std::atomic<int> open{0};
  auto server = serve([&](const Request&) {
    auto answer = text_answer("");
    answer.stream = [&open](const Send& send) {
      ++open;
      send("hello");
      while (send("")) std::this_thread::sleep_for(1ms);
      --open;
    };
    return answer;
  });
  auto leaving = server.connect(), staying = server.connect();
  for (auto* client : {&leaving, &staying}) {
    client->send(kGet);
    client->read_until("hello");
  }
  EXPECT_EQ(open, 2);
  leaving.vanish();
  EXPECT_TRUE(eventually([&] { return open == 1; }));
  server.stop();
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  EXPECT_EQ(open, 0);
}

TEST_P(Streaming, ADelayComesBeforeTheFirstPiece) {
  streams_.delivery = {.delay = 150ms};
  auto server = start();
  auto client = server.connect();
  const auto begin = Clock::now();
  client.send("GET /three HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto first = client.read_until("data: 0\n\n");
  EXPECT_GE(since(begin), 150ms);
  const auto answer = first.ends_with("0\r\n\r\n") ? first : first + client.read_until("0\r\n\r\n");
  EXPECT_EQ(body_of(answer), "data: 0\n\ndata: 1\n\ndata: 2\n\n");
}

TEST_P(Streaming, AClientThatLeavesDuringTheDelayIsNotWaitedFor) {
  streams_.delivery = {.delay = 1h};
  ServerOptions options;
  options.times.half_closed = 100ms;
  auto server = start(options);
  for (const bool abruptly : {false, true}) {
    auto client = server.connect();
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_open(1);
    if (abruptly)
      client.vanish();
    else
      client.close();
    expect_open(0);
  }
}

TEST_P(Streaming, FaultsHappenToStreamsToo) {
  const auto run = [this](Delivery delivery, const std::string& path) {
    streams_.delivery = delivery;
    auto server = start();
    auto client = server.connect();
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    auto bytes = client.read_to_end();
    return std::pair(std::move(bytes), client.end());
  };
  EXPECT_EQ(run({.fault = Fault::reset}, "/events"), std::pair(std::string(), RawClient::End::reset));
  EXPECT_EQ(run({.fault = Fault::close}, "/events"), std::pair(std::string(), RawClient::End::closed));
  EXPECT_EQ(run({.fault = Fault::hang, .hang_limit = 50ms}, "/events"),
            std::pair(std::string(), RawClient::End::closed));
  const auto cut = run({.fault = Fault::truncate}, "/events").first;
  EXPECT_EQ(status_of(cut), 200);
  EXPECT_EQ(cut.find("data:"), std::string::npos);
  expect_open(0);
}

}  // namespace
}  // namespace vault_mock::net
