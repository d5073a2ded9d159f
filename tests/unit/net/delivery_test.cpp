#include "net/delivery.hpp"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>

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
using End = RawClient::End;

const std::string kBody(1000, 'b');

// Answers a thousand bytes, delivered as told.
support::FunctionHandler::Function delivering(Delivery delivery) {
  return [delivery](const Request& request) {
    return text_answer(kBody, request.target == "/plain" ? Delivery{} : delivery);
  };
}

using Clock = std::chrono::steady_clock;

support::FunctionHandler::Function counted(std::atomic<int>& asked,
                                           support::FunctionHandler::Function answer) {
  return [&asked, answer = std::move(answer)](const Request& request) {
    ++asked;
    return answer(request);
  };
}

class Delivering : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Delivering);

TEST_P(Delivering, ADelayComesBeforeTheFirstByte) {
  auto server = serve(delivering({.delay = 120ms}));
  auto client = server.connect();
  const auto begin = Clock::now();
  client.send(kGet);
  const auto first = client.read_until("HTTP/1.1");
  EXPECT_GE(since(begin), 120ms);
  EXPECT_EQ(body_of(first.ends_with(kBody) ? first : first + client.read_until(kBody)), kBody);
  client.send(kGet);
  EXPECT_EQ(body_of(client.read_answer()), kBody) << "the connection goes on";
}

TEST_P(Delivering, AShortDelayIsShort) {
  const auto time_of_many = [](std::chrono::microseconds delay) {
    auto server = serve(delivering({.delay = delay}));
    auto client = server.connect();
    const auto begin = Clock::now();
    for (int i = 0; i < 50; ++i) {
      client.send(kGet);
      client.read_answer();
    }
    return since(begin);
  };
  const auto time = time_of_many(200us);
  EXPECT_GE(time, 10ms);
  EXPECT_LT(time, time_of_many(10ms));
}

TEST_P(Delivering, AResetIsAReset) {
  auto server = serve(delivering({.fault = Fault::reset}));
  auto client = server.connect();
  client.send(kGet);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.end(), End::reset);
}

TEST_P(Delivering, AClosedConnectionEndsInOrderWithoutAByte) {
  auto server = serve(delivering({.delay = 30ms, .fault = Fault::close}));
  auto client = server.connect();
  client.send(std::string(kGet) + std::string(kGet));
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.end(), End::closed);
}

TEST_P(Delivering, ATruncatedAnswerHasItsWholeHeadAndHalfItsBody) {
  auto server = serve(delivering({.fault = Fault::truncate}));
  auto client = server.connect();
  client.send(kGet);
  const auto answer = client.read_to_end();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(header_of(answer, "content-length"), "1000");
  EXPECT_EQ(body_of(answer), kBody.substr(0, 500));
  EXPECT_EQ(client.end(), End::closed);
}

TEST_P(Delivering, ADripComesInPiecesAndWhole) {
  auto server = serve(delivering({.fault = Fault::drip, .drip_bytes = 100, .drip_gap = 20ms}));
  auto client = server.connect();
  const auto begin = Clock::now();
  client.send(kGet);
  const auto answer = client.read_answer();
  EXPECT_EQ(header_of(answer, "content-length"), "1000");
  EXPECT_EQ(body_of(answer), kBody);
  EXPECT_GE(since(begin), 200ms);
  client.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), kBody) << "the connection goes on";
}

TEST_P(Delivering, TheHeadOfADripComesAtOnce) {
  auto server = serve(delivering({.fault = Fault::drip, .drip_bytes = 100, .drip_gap = 1h}));
  auto client = server.connect();
  client.send(kGet);
  const auto head = client.read_until("\r\n\r\n");
  EXPECT_EQ(header_of(head, "content-length"), "1000");
  EXPECT_EQ(body_of(head), "");
}

TEST_P(Delivering, AHangLastsUntilItsLimit) {
  auto server = serve(delivering({.fault = Fault::hang, .hang_limit = 150ms}));
  auto client = server.connect();
  const auto begin = Clock::now();
  client.send(kGet);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.end(), End::closed);
  EXPECT_GE(since(begin), 150ms);
}

TEST_P(Delivering, AHangEndsWhenTheClientGivesUp) {
  std::atomic<int> asked{0};
  auto server = serve(counted(asked, delivering({.fault = Fault::hang})));
  {
    auto client = server.connect();
    client.send(kGet);
    EXPECT_TRUE(eventually([&] { return asked == 1; }));
  }
  EXPECT_TRUE(server.comes_to_connections(0));
}

ServerOptions half_closed_for(std::chrono::milliseconds time) {
  ServerOptions options;
  options.times.half_closed = time;
  return options;
}

TEST_P(Delivering, AClientThatFinishedSendingGetsWhatIsDueSoon) {
  for (const Delivery delivery :
       {Delivery{.delay = 200ms}, Delivery{.fault = Fault::drip, .drip_bytes = 100, .drip_gap = 20ms}}) {
    auto server = serve(delivering(delivery), half_closed_for(20s));
    auto client = server.connect();
    client.send(std::string(kGet) + std::string(kGet));
    client.finish_sending();
    EXPECT_EQ(body_of(client.read_answer()), kBody);
    EXPECT_EQ(body_of(client.read_answer()), kBody);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.end(), End::closed);
  }
}

// It may as well have gone: before the request was read, or while the answer was waited for.
TEST_P(Delivering, AClientThatFinishedSendingIsLetGoWhenNothingIsDueSoon) {
  for (const Delivery delivery :
       {Delivery{.delay = 1h}, Delivery{.fault = Fault::drip, .drip_gap = 1h},
        Delivery{.delay = 1h, .fault = Fault::reset}, Delivery{.fault = Fault::hang}}) {
    std::atomic<int> asked{0};
    auto server = serve(counted(asked, delivering(delivery)), half_closed_for(100ms));
    auto early = server.connect();
    early.send(kGet);
    early.finish_sending();
    early.read_to_end();
    EXPECT_EQ(early.end(), End::closed);
    auto late = server.connect();
    late.send(kGet);
    EXPECT_TRUE(eventually([&] { return asked == 2; }));
    late.finish_sending();
    late.read_to_end();
    EXPECT_EQ(late.end(), End::closed);
    EXPECT_TRUE(server.comes_to_connections(0));
  }
}

TEST_P(Delivering, AHangIsOverWhenTheClientHasFinishedSending) {
  auto server = serve(delivering({.fault = Fault::hang, .hang_limit = 1h}), half_closed_for(1h));
  auto client = server.connect();
  client.send(kGet);
  client.finish_sending();
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.end(), End::closed);
}

TEST_P(Delivering, AClientThatSendsOnReadsTheAnswerThatClosesItsConnection) {
  auto server = serve(delivering({}));
  for (int i = 0; i < 20; ++i) {
    auto client = server.connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    for (int more = 0; more < 100; ++more) client.try_send("x");
    EXPECT_EQ(body_of(client.read_to_end()), kBody);
    EXPECT_EQ(client.end(), End::closed);
  }
}

TEST(DeliveryOnEpoll, NothingOfItTakesAThreadOrHoldsUpOthers) {
  ServerOptions options;
  options.loops = 2;
  const auto handler = [](const Request& request) -> Answer {
    Delivery delivery;
    if (request.target == "/hang") delivery = {.fault = Fault::hang};
    if (request.target == "/late") delivery = {.delay = 60s};
    if (request.target == "/drip") delivery = {.fault = Fault::drip, .drip_bytes = 1, .drip_gap = 10ms};
    return text_answer(kBody, delivery);
  };
  RunningServer server(handler, options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 300; ++i) {
    clients.push_back(server.connect());
    const std::string path = i % 3 == 0 ? "/hang" : i % 3 == 1 ? "/late" : "/drip";
    clients.back().send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(status_of(server.ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
  EXPECT_TRUE(server.comes_to_connections(300)) << "the waiting ones still wait";
  EXPECT_TRUE(eventually([&] { return server.server->threads() == options.loops; }));
}

TEST_P(Delivering, AResetDoesNotTouchTheNeighbours) {
  auto server = serve(delivering({.fault = Fault::reset}));
  auto neighbour = server.connect();
  neighbour.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
  neighbour.read_answer();
  for (int i = 0; i < 50; ++i) {
    auto client = server.connect();
    client.send(kGet);
    client.read_to_end();
    EXPECT_EQ(client.end(), End::reset);
  }
  neighbour.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(body_of(neighbour.read_answer()), kBody);
}

TEST_P(Delivering, AnswersToHeadHaveNothingToTruncateOrDrip) {
  for (const auto fault : {Fault::truncate, Fault::drip}) {
    auto server = serve(delivering({.fault = fault}));
    auto client = server.connect();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_answer(RawClient::Asked::for_head);
    EXPECT_EQ(header_of(answer, "content-length"), "1000");
    EXPECT_EQ(body_of(answer), "");
  }
}

TEST_P(Delivering, SlowReadersGetLargeAnswersInTheEnd) {
  const std::string large(8'000'000, 'l');
  std::atomic<int> asked{0};
  auto server = serve(counted(asked, [&](const Request&) { return text_answer(large); }));
  auto client = server.connect();
  client.receive_little();
  client.send(kGet);
  EXPECT_TRUE(eventually([&] { return asked > 0; }));
  auto other = server.connect();
  other.send(kGet);
  EXPECT_EQ(body_of(other.read_answer()).size(), large.size());
  EXPECT_TRUE(body_of(client.read_answer(RawClient::Asked::for_body, 60s)) == large);
}

}  // namespace
}  // namespace vault_mock::net
