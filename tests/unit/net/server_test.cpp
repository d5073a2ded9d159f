#include <algorithm>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "net/request/request_head.hpp"
#include "support/running_server.hpp"
#include "text/ascii.hpp"

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;
using support::body_of;
using support::header_of;
using support::kGet;
using support::RawClient;
using support::status_of;
using support::text_answer;
using Asked = RawClient::Asked;

// "METHOD path?query body", and the headers that begin with x-.
Answer echo(const Request& request) {
  auto text =
      std::string(request.method) + " " + std::string(request.target) + " " + std::string(request.body);
  for (const auto& [name, value] : request.headers)
    if (name.starts_with("x-")) text += "|" + std::string(name) + "=" + std::string(value);
  return text_answer(text);
}

class Serving : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Serving);

TEST_P(Serving, AnswersRequestAfterRequestOnOneConnection) {
  auto server = serve(echo);
  auto client = server.connect();
  for (int i = 0; i < 20; ++i) {
    client.send(kGet);
    const auto answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "GET / ");
    EXPECT_EQ(header_of(answer, "connection"), "");
    EXPECT_EQ(header_of(answer, "keep-alive"), "");
  }
  EXPECT_EQ(server.server->connections(), 1U);
}

TEST_P(Serving, ServesEveryMethodWithItsBody) {
  auto server = serve(echo);
  auto client = server.connect();
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    client.send(method + " /m HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\nhello");
    EXPECT_EQ(body_of(client.read_answer()), method + " /m hello");
  }
  client.send("HEAD /m HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.read_answer(Asked::for_head);
  EXPECT_EQ(header_of(answer, "content-length"), "8");
  client.send(kGet);
  EXPECT_EQ(body_of(client.read_answer()), "GET / ") << "a HEAD must be answered without a body";
}

TEST_P(Serving, ShowsBodiesRawWhateverTheirType) {
  auto server = serve(echo);
  auto client = server.connect();
  for (const std::string type : {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b",
                                 "application/json", "garbage"}) {
    client.send("POST / HTTP/1.1\r\nHost: a\r\ncontent-type: " + type +
                "\r\ncontent-length: 7\r\n\r\na=1&b=%");
    EXPECT_EQ(body_of(client.read_answer()), "POST / a=1&b=%") << type;
  }
}

TEST_P(Serving, ShowsHeadersAsTheyWereSent) {
  auto server = serve(echo);
  const auto answer = server.ask(
      "GET / HTTP/1.1\r\nHost: a\r\nx-empty:\r\nx-percent: a%20b+c \r\nx-twice: 1\r\nx-twice: 2\r\n\r\n");
  EXPECT_EQ(body_of(answer), "GET / |x-empty=|x-percent=a%20b+c|x-twice=1|x-twice=2");
}

TEST_P(Serving, IgnoresRangesAndOffersOfCompression) {
  auto server = serve(echo);
  const auto answer =
      server.ask("GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\nAccept-Encoding: gzip, br\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "GET / ");
  EXPECT_EQ(header_of(answer, "content-encoding"), "");
}

TEST_P(Serving, ShowsTargetsAsTheyWereSent) {
  auto server = serve(echo);
  EXPECT_EQ(body_of(server.ask("GET /p%20q?a=1+%26?x=/a?b HTTP/1.1\r\nHost: a\r\n\r\n")),
            "GET /p%20q?a=1+%26?x=/a?b ");
  EXPECT_EQ(body_of(server.ask("GET http://host?a=/1 HTTP/1.1\r\nHost: a\r\n\r\n")), "GET ?a=/1 ");
  EXPECT_EQ(body_of(server.ask("GET http://host/p?a=1 HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /p?a=1 ");
  EXPECT_EQ(body_of(server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")), "OPTIONS * ");
}

TEST_P(Serving, AnswersPipelinedRequestsInOrder) {
  auto server = serve(echo);
  auto client = server.connect();
  std::string requests;
  for (int i = 0; i < 500; ++i)
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\n\r\nabc";
  client.send(requests);
  for (int i = 0; i < 500; ++i)
    ASSERT_EQ(body_of(client.read_answer()), "POST /" + std::to_string(i) + " abc");
}

TEST_P(Serving, ReadsRequestsThatArriveByteByByte) {
  auto server = serve(echo);
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
  EXPECT_EQ(body_of(client.read_answer()), "GET / ");
}

TEST_P(Serving, CarriesLargeBodiesBothWays) {
  auto server = serve(echo);
  auto client = server.connect();
  const std::string body(1024 * 1024, 'z');
  for (int i = 0; i < 3; ++i) {
    client.send("PUT / HTTP/1.1\r\nHost: a\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" +
                body);
    EXPECT_EQ(body_of(client.read_answer()), "PUT / " + body);
  }
}

TEST_P(Serving, ClosesWhenAskedTo) {
  auto server = serve(echo);
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

TEST_P(Serving, AnswersClientsThatHaveFinishedSending) {
  auto server = serve([](const Request& request) {
    auto answer = echo(request);
    if (request.target == "/late") answer.delivery = {.delay = 50ms};
    return answer;
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

TEST_P(Serving, TellsClientsToGoOnWithTheirBodies) {
  auto server = serve(echo);
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

TEST_P(Serving, AnswersWithoutABodyWhereThereIsNone) {
  auto server = serve([](const Request&) {
    auto answer = text_answer("not allowed here");
    answer.status = 204;
    return answer;
  });
  auto client = server.connect();
  for (int i = 0; i < 2; ++i) {
    client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 204);
    EXPECT_EQ(header_of(answer, "content-length"), "");
  }
}

TEST_P(Serving, SaysWhatIsServedWhereAMethodIsNot) {
  auto server = serve(echo);
  for (const std::string request :
       {"TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"})
    EXPECT_EQ(header_of(server.ask(request), "allow"), kServedMethods);
}

}  // namespace
}  // namespace vault_mock::net
