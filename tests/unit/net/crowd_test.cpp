// More clients than the httplib transport has threads for.
#include <chrono>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::header_of;
using support::kGet;
using support::RawClient;
using support::RunningServer;
using support::status_of;

constexpr unsigned kThreads = 4;

ServerOptions crowded() {
  ServerOptions options;
  options.transport = Transport::httplib;
  options.max_threads = kThreads;
  return options;
}

support::FunctionHandler::Function answering() {
  return [](const Request&) { return support::text_answer("here"); };
}

// So many clients that all threads are taken, each of which has sent this.
std::vector<RawClient> take_all_threads(RunningServer& server, std::string_view bytes) {
  std::vector<RawClient> clients;
  for (unsigned i = 0; i < kThreads; ++i) {
    clients.push_back(server.connect());
    clients.back().send(bytes);
  }
  EXPECT_TRUE(server.comes_to_connections(kThreads));
  return clients;
}

TEST(Crowd, IdleConnectionsMakeRoomForThoseThatWait) {
  RunningServer server(answering(), crowded());
  const auto idle = take_all_threads(server, "");
  EXPECT_EQ(body_of(server.ask(kGet)), "here");
}

TEST(Crowd, ClientsThatSendBlankLinesAreIdle) {
  RunningServer server(answering(), crowded());
  auto idle = take_all_threads(server, "\r\n");
  auto newcomer = server.connect();
  newcomer.send(kGet);
  const auto begin = std::chrono::steady_clock::now();
  std::string answer;
  while (answer.empty() && support::since(begin) < 60s) {
    for (auto& client : idle) client.try_send("\r\n");
    answer = newcomer.read_for(20ms);
  }
  EXPECT_EQ(body_of(answer), "here");
}

TEST(Crowd, ClientsThatStopInTheMiddleOfARequestMakeRoomWithA408) {
  auto options = crowded();
  options.times.request = 1h;
  RunningServer server(answering(), options);
  auto slow = take_all_threads(server, "GET");
  EXPECT_EQ(body_of(server.ask(kGet)), "here");
  server.stop();
  int told = 0;
  for (auto& client : slow) told += status_of(client.read_to_end()) == 408 ? 1 : 0;
  EXPECT_GE(told, 1);
}

TEST(Crowd, ConnectionsInUseGiveUpTheirThreadAfterAnAnswer) {
  RunningServer server(answering(), crowded());
  auto busy = take_all_threads(server, kGet);
  for (auto& client : busy) EXPECT_EQ(header_of(client.read_answer(), "connection"), "");
  auto newcomer = server.connect();
  newcomer.send(kGet);
  const auto begin = std::chrono::steady_clock::now();
  bool gave_up = false;
  while (!gave_up && support::since(begin) < 60s) {
    busy[0].try_send(kGet);
    const auto answer = busy[0].read_answer();
    gave_up = answer.empty() || header_of(answer, "connection") == "close";
  }
  EXPECT_TRUE(gave_up);
  EXPECT_EQ(body_of(newcomer.read_answer()), "here");
}

TEST(Crowd, HalfOfTheThreadsCanStream) {
  const auto streaming = [](const Request&) {
    Answer answer;
    answer.next_piece = [] { return Piece{.bytes = "begun", .pause = 1ms}; };
    return answer;
  };
  RunningServer server(streaming, crowded());
  std::vector<RawClient> readers;
  for (unsigned i = 0; i < kThreads / 2; ++i) {
    readers.push_back(server.connect());
    readers.back().send(kGet);
    readers.back().read_until("begun");
  }
  EXPECT_EQ(status_of(server.ask(kGet)), 503);
}

}  // namespace
}  // namespace vault_mock::net
