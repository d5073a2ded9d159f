// Connections over TLS: the same event loop, with the same faults, limits and ends.
#include <chrono>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "app/authority/authority.hpp"
#include "support/running_server.hpp"
#include "support/tls_client.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::eventually;
using support::kGet;
using support::RawClient;
using support::RunningServer;
using support::status_of;
using support::TlsClient;
using End = TlsClient::End;

std::shared_ptr<const TlsContext> make_context(TlsContext::OnFailure on_failure = nullptr) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::vector<std::string> names = {"localhost"};
  return TlsContext::create(app::issue(app::make_authority("test", now), names, now).value(),
                            std::move(on_failure))
      .value();
}

support::FunctionHandler::Function answering(std::string body, Delivery delivery = {}) {
  return [body = std::move(body), delivery](const Request& request) {
    return support::text_answer((request.scheme == Scheme::https ? "https " : "http ") + body, delivery);
  };
}

using Clock = std::chrono::steady_clock;

class TlsConnection : public support::OnEachTransport {
 protected:
  static RunningServer serve_tls(support::FunctionHandler::Function function, ServerOptions options = {},
                                 TlsContext::OnFailure on_failure = nullptr) {
    return RunningServer(std::move(function), on_transport(options), make_context(std::move(on_failure)));
  }
};
ON_EACH_TRANSPORT(TlsConnection);

TEST_P(TlsConnection, TellsTheHandlerHowTheRequestCame) {
  auto server = serve_tls(answering("it is"));
  TlsClient secure(server.tls_port);
  secure.send(kGet);
  EXPECT_EQ(body_of(secure.read_answer()), "https it is");
  RawClient plain(server.port);
  plain.send(kGet);
  EXPECT_EQ(body_of(plain.read_answer()), "http it is");
  secure.send(kGet);
  EXPECT_EQ(body_of(secure.read_answer()), "https it is");
}

TEST_P(TlsConnection, AnswersWhatAClientSentBeforeItClosedItsSideOfTheSocket) {
  auto server = serve_tls(answering("it is"));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    for (int i = 0; i < 10; ++i) {
      TlsClient client(server.tls_port, version);
      client.send(kGet);
      client.finish_sending();
      EXPECT_EQ(body_of(client.read_answer()), "https it is");
    }
  }
}

TEST_P(TlsConnection, SendsAnAnswerThatNoBufferHolds) {
  const std::string body(8'000'000, 'x');
  std::atomic<int> asked = 0;
  auto server = serve_tls([&](const Request&) {
    ++asked;
    return support::text_answer(body);
  });
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.tls_port, version);
    client.receive_little();
    client.send(std::string(kGet) + std::string(kGet));
    EXPECT_TRUE(
        eventually([&] { return asked.exchange(0) > 0; }));  // then it is written, and fills the socket
    for (int i = 0; i < 2; ++i) EXPECT_EQ(body_of(client.read_answer()).size(), body.size());
  }
}

TEST_P(TlsConnection, ChangesItsKeysInTheMiddleOfEverything) {
  auto server = serve_tls(answering(std::string(100'000, 'k')));
  TlsClient client(server.tls_port, TLS1_3_VERSION);
  for (int i = 0; i < 20; ++i) {
    client.update_keys();
    ASSERT_TRUE(client.send(kGet));
    EXPECT_EQ(status_of(client.read_answer()), 200);
  }
}

TEST_P(TlsConnection, EndsProperlyWhereTheAnswerEndsIt) {
  auto server = serve_tls(answering("last"));
  TlsClient client(server.tls_port);
  client.send("GET / HTTP/1.1\r\nHost: a\r\nconnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_to_end()), "https last");
  EXPECT_EQ(client.end(), End::proper);
}

TEST_P(TlsConnection, IsRefusedInWordsAndEndsProperly) {
  auto server = serve_tls(answering("never"));
  TlsClient client(server.tls_port);
  client.send("NONSENSE\r\n\r\n" + std::string(50'000, 'n'));
  EXPECT_EQ(status_of(client.read_to_end()), 400);
  EXPECT_EQ(client.end(), End::proper);
}

TEST_P(TlsConnection, IsResetWithoutAWordOfTls) {
  auto server = serve_tls(answering("never", {.fault = Fault::reset}));
  TlsClient client(server.tls_port);
  client.send(kGet);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.end(), End::cut);
}

TEST_P(TlsConnection, IsClosedAndTruncatedWithAProperEnd) {
  for (const auto fault : {Fault::close, Fault::truncate}) {
    auto server = serve_tls(answering(std::string(94, 't'), {.fault = fault}));
    TlsClient client(server.tls_port);
    client.send(kGet);
    EXPECT_EQ(body_of(client.read_to_end()).size(), fault == Fault::close ? 0 : 50);
    EXPECT_EQ(client.end(), End::proper);
  }
}

TEST_P(TlsConnection, DripsAndWaitsAsToldWithoutAThread) {
  auto server = serve_tls(answering(
      std::string(94, 'd'), {.delay = 40ms, .fault = Fault::drip, .drip_bytes = 10, .drip_gap = 5ms}));
  TlsClient client(server.tls_port);
  for (int i = 0; i < 2; ++i) {
    const auto begin = Clock::now();
    client.send(kGet);
    EXPECT_EQ(body_of(client.read_answer()).size(), 100);
    EXPECT_GE(Clock::now() - begin, 85ms);
  }
}

TEST_P(TlsConnection, StreamsAndNoticesAClientThatVanishes) {
  std::atomic<bool> begun = false, ended = false;
  auto server = serve_tls([&](const Request&) {
    auto answer = support::text_answer("");
    const std::shared_ptr<void> kept(nullptr, [&](void*) { ended = true; });
    answer.next_piece = [&begun, kept] {
      begun = true;
      return Piece{.bytes = std::string(1000, 's'), .pause = 1ms};
    };
    return answer;
  });
  TlsClient client(server.tls_port);
  client.send(kGet);
  EXPECT_NE(client.read_answer().find("200"), std::string::npos);
  EXPECT_TRUE(eventually([&] { return begun.load(); }));  // the head may be here before the stream begins
  client.vanish();
  EXPECT_TRUE(eventually([&] { return ended.load(); }));
  EXPECT_TRUE(server.comes_to_connections(0));
}

TEST_P(TlsConnection, AHandshakeHasItsTime) {
  auto server = serve_tls(answering("ok"), {.times = {.handshake = 150ms}});
  RawClient silent(server.tls_port), half(server.tls_port), plain(server.port);
  half.send("\x16\x03\x01\x01");
  EXPECT_EQ(silent.read_to_end(20s), "");
  half.read_to_end(20s);
  TlsClient client(server.tls_port);
  RawClient later(server.tls_port);
  EXPECT_EQ(later.read_to_end(20s), "");
  client.send(kGet);
  EXPECT_EQ(status_of(client.read_answer()), 200) << "the time is that of the handshake only";
  plain.send(kGet);
  EXPECT_EQ(status_of(plain.read_answer()), 200) << "and concerns nobody without TLS";
}

TEST_P(TlsConnection, AHandshakeThatComesByteByByteHasNoMoreTime) {
  auto server = serve_tls(answering("ok"), {.times = {.handshake = 100ms}});
  RawClient client(server.tls_port);
  client.send({"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11});  // the beginning of a ClientHello
  for (int i = 0; i < 400 && client.end() == RawClient::End::open; ++i) {
    client.try_send("x");
    client.read_for(5ms);
  }
  EXPECT_NE(client.end(), RawClient::End::open);
}

TEST_P(TlsConnection, PlainHttpIsToldWhereItIs) {
  auto server = serve_tls(answering("never"));
  RawClient client(server.tls_port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 100000\r\n\r\n" + std::string(100'000, 'p'));
  const auto answer = client.read_to_end();
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_NE(answer.find("https://"), std::string::npos) << answer;
  EXPECT_EQ(client.end(), RawClient::End::closed);
}

TEST_P(TlsConnection, WhatIsNoTlsIsLetGoAndToldOf) {
  std::atomic<int> told = 0;
  auto server = serve_tls(answering("ok"), {}, [&](const TlsContext::Failure& failure) {
    EXPECT_FALSE(failure.reason.empty());
    ++told;
  });
  for (const std::string& bytes : {std::string("\x16\x03\x01\x00\x05hello", 10), std::string(70'000, '\xff'),
                                   std::string("\x80\x2e\x01", 3) + std::string(60, '\0')}) {
    RawClient client(server.tls_port);
    client.try_send(bytes);
    client.read_to_end();
  }
  EXPECT_GE(told, 1);
  TlsClient client(server.tls_port);
  client.send(kGet);
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST_P(TlsConnection, ThoseThatVanishLeaveNothingBehind) {
  auto server = serve_tls(answering(std::string(3'000'000, 'v')));
  for (int i = 0; i < 30; ++i) {
    RawClient half(server.tls_port);
    half.send(std::string("\x16\x03\x01\x01\x00", 5));
    half.vanish();
    TlsClient client(server.tls_port);
    if (i % 2 == 0) client.send(kGet);
    client.vanish();
  }
  EXPECT_TRUE(server.comes_to_connections(0));
}

TEST_P(TlsConnection, AStopWaitsForNoHandshakeAndEndsIdleOnesProperly) {
  constexpr auto kHandshake = 60s;
  auto server = serve_tls(answering("ok"), {.times = {.handshake = kHandshake}});
  TlsClient idle(server.tls_port);
  idle.send(kGet);
  EXPECT_EQ(status_of(idle.read_answer()), 200);
  RawClient half(server.tls_port);
  half.send("\x16\x03\x01");
  EXPECT_TRUE(server.comes_to_connections(2));
  const auto begin = Clock::now();
  server.stop();
  EXPECT_LT(Clock::now() - begin, kHandshake);
  EXPECT_EQ(server.stopped, Server::Stopped::cleanly);
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(idle.end(), End::proper);
}

TEST_P(TlsConnection, ServesManyAtOnce) {
  auto server = serve_tls(answering("ok"));
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) {
        TlsClient client(server.tls_port);
        for (int k = 0; k < 20; ++k) {
          client.send(kGet);
          if (status_of(client.read_answer()) == 200) ++good;
        }
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 800);
}

}  // namespace
}  // namespace vault_mock::net
