// How the server stops, and how its port is taken and left.
#include <cerrno>
#include <chrono>
#include <gtest/gtest.h>
#include <system_error>

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
using support::status_of;
using support::text_answer;

using Clock = std::chrono::steady_clock;

class Stopping : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Stopping);
class Ports : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Ports);

std::chrono::milliseconds time_to_stop(RunningServer& server) {
  const auto begin = Clock::now();
  server.stop();
  return support::since(begin);
}

Answer answer_ok(const Request&) { return text_answer("ok"); }

TEST_P(Stopping, WaitsForNobodyWhoIsIdle) {
  ServerOptions options;
  options.times.drain = 60s;
  auto server = serve(answer_ok, options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(server.connect());
    clients.back().send(kGet);
    clients.back().read_answer();
  }
  EXPECT_LT(time_to_stop(server), options.times.drain);
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  for (auto& client : clients) {
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.end(), RawClient::End::closed);
  }
  EXPECT_THROW(RawClient(server.port), std::system_error);
}

TEST_P(Stopping, CanComeBeforeTheStart) {
  support::FunctionHandler server_handler(answer_ok);
  const auto server = Server::create(on_transport(), server_handler);
  ASSERT_TRUE(server->bind("127.0.0.1", 0));
  server->stop();
  EXPECT_EQ(server->run(), Server::Stopped::cleanly);
}

TEST_P(Stopping, LetsAnswersThatAreUnderWayFinish) {
  std::atomic<int> begun{0};
  std::atomic<bool> worked{false};
  std::atomic<Server*> stopping{nullptr};
  auto server = serve([&](const Request& request) -> Answer {
    ++begun;
    if (request.target == "/work") {
      worked = eventually([&] { return stopping != nullptr && stopping.load()->stopping(); });
    }
    Delivery delivery;
    if (request.target == "/late") delivery = {.delay = 60s};
    if (request.target == "/drip") delivery = {.fault = Fault::drip, .drip_bytes = 1, .drip_gap = 60s};
    if (request.target == "/hang") delivery = {.fault = Fault::hang};
    return text_answer("ok", delivery);
  });
  stopping = server.server.get();
  auto work = server.connect();
  work.send("GET /work HTTP/1.1\r\nHost: a\r\n\r\n");
  auto late = server.connect();
  late.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
  auto drip = server.connect();
  drip.send("GET /drip HTTP/1.1\r\nHost: a\r\n\r\n");
  auto hang = server.connect();
  hang.send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  auto half = server.connect();
  half.send("GET /ha");
  EXPECT_TRUE(eventually([&] { return begun == 4 && server.server->connections() == 5; }));
  EXPECT_LT(time_to_stop(server), 60s) << "delays and gaps are cut short";
  EXPECT_TRUE(worked);
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  const auto answer = work.read_to_end();
  EXPECT_EQ(body_of(answer), "ok");
  EXPECT_EQ(body_of(late.read_to_end()), "ok");
  EXPECT_EQ(body_of(drip.read_to_end()), "ok");
  EXPECT_EQ(hang.read_to_end(), "");
  EXPECT_EQ(status_of(half.read_to_end()), 408);
}

TEST_P(Stopping, DoesNotWaitForeverForAHandler) {
  static std::atomic<bool> begun{false}, go_on{false}, ended{false};
  begun = go_on = ended = false;
  {
    ServerOptions options;
    options.times.drain = 200ms;
    auto server = serve(
        [](const Request&) -> Answer {
          begun = true;
          eventually([] { return go_on.load(); });
          ended = true;
          return {};
        },
        options);
    auto client = server.connect();
    client.send(kGet);
    EXPECT_TRUE(eventually([] { return begun.load(); }));
    server.stop();
    EXPECT_EQ(server.stopped, Server::Stopped::with_handlers_left);
  }
  go_on = true;
  EXPECT_TRUE(eventually([] { return ended.load(); }));
}

TEST_P(Ports, IsFreeAgainAtOnceAndNeverShared) {
  std::uint16_t port = 0;
  {
    auto server = serve(answer_ok);
    port = server.port;
    EXPECT_EQ(body_of(server.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")), "ok");
    support::FunctionHandler second_handler(answer_ok);
    const auto second = Server::create(on_transport(), second_handler);
    const auto bound = second->bind("127.0.0.1", port);
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.error().code, EADDRINUSE);
    EXPECT_EQ(bound.error().message, "the address 127.0.0.1:" + std::to_string(port) + " is in use already");
  }
  support::FunctionHandler again_handler(answer_ok);
  const auto again = Server::create(on_transport(), again_handler);
  EXPECT_EQ(again->bind("127.0.0.1", port).value_or(0), port);
}

TEST_P(Ports, ErrorsSayWhatIsWrong) {
  support::FunctionHandler server_handler(answer_ok);
  const auto server = Server::create(on_transport(), server_handler);
  auto bound = server->bind("no such host", 0);
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().message.substr(0, 37), "the host \"no such host\" is unknown: N");
  bound = server->bind("192.0.2.1", 0);
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().code, EADDRNOTAVAIL);
}

}  // namespace
}  // namespace vault_mock::net
