#include <atomic>
#include <ctime>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "net/epoll/connection.hpp"
#include "net/epoll/epoll_server.hpp"
#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::header_of;
using support::RawClient;
using support::RunningServer;
using support::status_of;
using Asked = RawClient::Asked;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

// The answer without its `Date`, which must be there.
std::string without_date(std::string answer) {
  const auto begin = answer.find("Date: ");
  if (begin == std::string::npos) return "no date in " + answer;
  return answer.erase(begin, answer.find("\r\n", begin) + 2 - begin);
}

// "METHOD path?query body", and the headers that begin with x-.
Delivery echo(const RequestHead& request, const std::string& body, httplib::Response& response) {
  std::string text = std::string(request.method) + " " + std::string(request.target) + " " + body;
  for (const auto& [name, value] : request.fields)
    if (name.starts_with("x-")) text += "|" + std::string(name) + "=" + std::string(value);
  response.set_content(text, "text/plain");
  return {};
}

TEST(ConnectionServer, AnswersRequestAfterRequestOnOneConnection) {
  RunningServer server(echo);
  auto client = server.connect();
  for (int i = 0; i < 20; ++i) {
    client.send(kGet);
    const auto answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "GET /a ");
    EXPECT_EQ(header_of(answer, "connection"), "");
    EXPECT_EQ(header_of(answer, "keep-alive"), "");
  }
  EXPECT_EQ(server.server.connections(), 1U);
}

TEST(ConnectionServer, ServesEveryMethodWithItsBody) {
  RunningServer server(echo);
  auto client = server.connect();
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    client.send(method + " /m HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\nhello");
    EXPECT_EQ(body_of(client.read_answer()), method + " /m hello");
  }
  client.send("HEAD /m HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.read_answer(Asked::for_head);
  EXPECT_EQ(header_of(answer, "content-length"), "8");
  client.send(kGet);
  EXPECT_EQ(body_of(client.read_answer()), "GET /a ") << "a HEAD must be answered without a body";
}

TEST(ConnectionServer, ShowsBodiesRawWhateverTheirType) {
  RunningServer server(echo);
  auto client = server.connect();
  for (const std::string type : {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b",
                                 "application/json", "garbage"}) {
    client.send("POST / HTTP/1.1\r\nHost: a\r\ncontent-type: " + type +
                "\r\ncontent-length: 7\r\n\r\na=1&b=%");
    EXPECT_EQ(body_of(client.read_answer()), "POST / a=1&b=%") << type;
  }
}

TEST(ConnectionServer, ShowsHeadersAsTheyWereSent) {
  RunningServer server(echo);
  const auto answer = server.ask(
      "GET / HTTP/1.1\r\nHost: a\r\nx-empty:\r\nx-percent: a%20b+c \r\nx-twice: 1\r\nx-twice: 2\r\n\r\n");
  EXPECT_EQ(body_of(answer), "GET / |x-empty=|x-percent=a%20b+c|x-twice=1|x-twice=2");
}

TEST(ConnectionServer, IgnoresRangesAndOffersOfCompression) {
  RunningServer server(echo);
  const auto answer =
      server.ask("GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\nAccept-Encoding: gzip, br\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "GET / ");
  EXPECT_EQ(header_of(answer, "content-encoding"), "");
}

TEST(ConnectionServer, ShowsTargetsAsTheyWereSent) {
  RunningServer server(echo);
  EXPECT_EQ(body_of(server.ask("GET /p%20q?a=1+%26?x=/a?b HTTP/1.1\r\nHost: a\r\n\r\n")),
            "GET /p%20q?a=1+%26?x=/a?b ");
  EXPECT_EQ(body_of(server.ask("GET http://host?a=/1 HTTP/1.1\r\nHost: a\r\n\r\n")), "GET ?a=/1 ");
  EXPECT_EQ(body_of(server.ask("GET http://host/p?a=1 HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /p?a=1 ");
  EXPECT_EQ(body_of(server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")), "OPTIONS * ");
}

TEST(ConnectionServer, AnswersPipelinedRequestsInOrder) {
  RunningServer server(echo);
  auto client = server.connect();
  std::string requests;
  for (int i = 0; i < 500; ++i)
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\n\r\nabc";
  client.send(requests);
  for (int i = 0; i < 500; ++i)
    ASSERT_EQ(body_of(client.read_answer()), "POST /" + std::to_string(i) + " abc");
}

TEST(ConnectionServer, ReadsRequestsThatArriveByteByByte) {
  RunningServer server(echo);
  auto client = server.connect();
  for (const char c : std::string("POST /slow HTTP/1.1\r\nHost: a\r\ncontent-length: 4\r\n\r\nbody")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(body_of(client.read_answer()), "POST /slow body");
  client.send("POST /chunks HTTP/1.1\r\nHost: a\r\ntransfer-encoding: chunked\r\n\r\n");
  for (const char c : std::string("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\ntrailer: 1\r\n\r\n")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(body_of(client.read_answer()), "POST /chunks abcde");
  client.send(kGet);
  EXPECT_EQ(body_of(client.read_answer()), "GET /a ");
}

TEST(ConnectionServer, CarriesLargeBodiesBothWays) {
  RunningServer server(echo);
  auto client = server.connect();
  const std::string body(1024 * 1024, 'z');
  for (int i = 0; i < 3; ++i) {
    client.send("PUT / HTTP/1.1\r\nHost: a\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" +
                body);
    EXPECT_EQ(body_of(client.read_answer()), "PUT / " + body);
  }
}

TEST(ConnectionServer, ClosesWhenAskedTo) {
  RunningServer server(echo);
  for (const std::string request :
       {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n"}) {
    auto client = server.connect();
    client.send(request);
    const auto answer = client.read_to_end();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(header_of(answer, "connection"), "close") << request;
    EXPECT_EQ(client.end(), RawClient::End::closed);
  }
  auto client = server.connect();
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(header_of(client.read_answer(), "connection"), "keep-alive");
  }
}

TEST(ConnectionServer, AnswersClientsThatHaveFinishedSending) {
  RunningServer server([](const auto& request, const auto& body, auto& response) -> Delivery {
    echo(request, body, response);
    return {.delay = request.target == "/late" ? 50ms : 0ms};
  });
  for (const std::string path : {"/a", "/late"}) {
    auto client = server.connect();
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\nGET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    client.finish_sending();
    const auto answers = client.read_to_end();
    EXPECT_EQ(body_of(answers).substr(0, 5 + path.size()), "GET " + path + " ");
    EXPECT_NE(answers.find("HTTP/1.1 200", 20), std::string::npos) << "the second answer is missing";
    EXPECT_EQ(client.end(), RawClient::End::closed);
  }
}

TEST(ConnectionServer, TellsClientsToGoOnWithTheirBodies) {
  RunningServer server(echo);
  auto client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
  EXPECT_EQ(client.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  const auto answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "POST / ok");
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\ncontent-length: 2\r\n\r\nok");
  EXPECT_EQ(status_of(client.read_answer()), 200) << "the body was there already";
}

TEST(ConnectionServer, AnswersWithoutABodyWhereThereIsNone) {
  RunningServer server([](const RequestHead&, const std::string&, httplib::Response& response) -> Delivery {
    response.status = 204;
    response.set_content("not allowed here", "text/plain");
    return {};
  });
  auto client = server.connect();
  for (int i = 0; i < 2; ++i) {
    client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 204);
    EXPECT_EQ(header_of(answer, "content-length"), "");
  }
}

TEST(ConnectionServer, WritesAnswersToTheByte) {
  RunningServer server(
      [](const RequestHead& request, const std::string&, httplib::Response& response) -> Delivery {
        if (request.target == "/empty") {
          response.status = 404;
        } else {
          response.status = 402;
          response.headers = {{"x-b", "2"}, {"x-a", "1"}, {"X-A", "once more"}, {"content-length", "999"}};
          response.body = "{}";
          if (request.target == "/close") response.headers.emplace("connection", "close");
        }
        return {};
      });
  const auto answer_to = [&](std::string_view request, Asked asked = Asked::for_body) {
    auto client = server.connect();
    client.send(request);
    return without_date(client.read_answer(asked));
  };
  const std::string head =
      "HTTP/1.1 402 Payment Required\r\nx-a: 1\r\nX-A: once more\r\nx-b: 2\r\n"
      "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), head + "{}");
  EXPECT_EQ(answer_to("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", Asked::for_head), head);
  EXPECT_EQ(answer_to("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n"),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(header_of(answer_to("GET /close HTTP/1.1\r\nHost: a\r\n\r\n"), "connection"), "close");
  EXPECT_EQ(header_of(answer_to("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), "connection"),
            "keep-alive");
}

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7); and 6.6.1: every answer has it, those to errors too.
TEST(ConnectionServer, SaysInEveryAnswerWhenItWasMade) {
  RunningServer server(
      [](const RequestHead& request, const std::string&, httplib::Response& response) -> Delivery {
        if (request.target == "/own") response.headers.emplace("date", "yesterday");
        if (request.target == "/stream")
          response.set_chunked_content_provider("text/plain", [](std::size_t, httplib::DataSink& sink) {
            sink.done();
            return true;
          });
        if (request.target == "/throw") throw std::runtime_error("out of cheese");
        return {};
      });
  for (const std::string request :
       {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /throw HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n"}) {
    const auto before = std::time(nullptr);
    const auto date = header_of(server.ask(request), "date");
    tm parts{};
    ASSERT_NE(::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts), nullptr) << request << date;
    EXPECT_EQ(date.size(), 29U);
    EXPECT_GE(::timegm(&parts), before);
    EXPECT_LE(::timegm(&parts), std::time(nullptr));
  }
  const auto answer = server.ask("GET /own HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(header_of(answer, "date"), "yesterday");
  EXPECT_EQ(answer.find("GMT"), std::string::npos) << "a handler's date is the only one";
}

TEST(ConnectionServer, SaysWhatIsServedWhereAMethodIsNot) {
  RunningServer server(echo);
  for (const std::string request :
       {"TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"})
    EXPECT_EQ(header_of(server.ask(request), "allow"), kServedMethods);
}

TEST(ConnectionServer, SurvivesWhatAStreamThrows) {
  RunningServer server(
      [](const RequestHead& request, const std::string& body, httplib::Response& response) -> Delivery {
        if (request.target != "/stream") return echo(request, body, response);
        response.set_chunked_content_provider("text/plain", [](std::size_t, httplib::DataSink& sink) -> bool {
          sink.write("half", 4);
          throw std::runtime_error("out of cheese");
        });
        return {};
      });
  for (int i = 0; i < 5; ++i) {
    auto client = server.connect();
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(body_of(client.read_to_end()).substr(0, 4), "half");
    EXPECT_NE(client.end(), RawClient::End::open);
  }
  EXPECT_EQ(body_of(server.ask(kGet)), "GET /a ");
}

TEST(ConnectionServer, TurnsExceptionsIntoA500) {
  RunningServer server([](const RequestHead&, const std::string&, httplib::Response& response) -> Delivery {
    response.set_content("half an answer", "text/plain");
    throw std::runtime_error("out of cheese");
  });
  const auto answer = server.ask(kGet);
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_EQ(body_of(answer), "500: out of cheese");
}

TEST(ConnectionServer, ServesOthersWhileHandlersBlock) {
  std::atomic<int> blocked{0};
  std::atomic<bool> go_on{false};
  RunningServer server([&](const auto& request, const auto& body, auto& response) -> Delivery {
    if (request.target == "/block") {
      ++blocked;
      while (!go_on) std::this_thread::sleep_for(1ms);
    }
    return echo(request, body, response);
  });
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server.connect());
    clients.back().send("GET /block HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  const auto begin = Clock::now();
  while (blocked < 20 && Clock::now() < begin + 10s) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(blocked, 20);
  EXPECT_EQ(body_of(server.ask(kGet)), "GET /a ");
  go_on = true;
  for (auto& client : clients) {
    EXPECT_EQ(body_of(client.read_answer()), "GET /block ");
    EXPECT_EQ(body_of(client.read_answer()), "GET /next ");
  }
  // Threads that were needed for it end.
  const auto calm = Clock::now() + 5s;
  while (server.server.threads() > std::thread::hardware_concurrency() + 1 && Clock::now() < calm)
    std::this_thread::sleep_for(1ms);
  EXPECT_LE(server.server.threads(), std::thread::hardware_concurrency() + 1);
}

TEST(ConnectionServer, SurvivesClientsThatVanish) {
  RunningServer server([](const auto& request, const auto& body, auto& response) -> Delivery {
    echo(request, body, response);
    response.body.append(request.target == "/big" ? 4'000'000 : 0, 'x');
    return {.delay = request.target == "/late" ? 20ms : 0ms};
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
  const auto begin = Clock::now();
  while (server.server.connections() > 0 && Clock::now() < begin + 60s) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(server.server.connections(), 0U);
}

}  // namespace
}  // namespace vault_mock::net
