// What answers look like on the wire, and what the two transports must say alike.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "support/running_server.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::net {
namespace {

using support::body_of;
using support::header_of;
using support::kGet;
using Asked = support::RawClient::Asked;

// The answer without its `Date`, which must be there.
std::string without_date(std::string answer) {
  const auto begin = answer.find("Date: ");
  if (begin == std::string::npos) return "no date in " + answer;
  return answer.erase(begin, answer.find("\r\n", begin) + 2 - begin);
}

Answer answer_with_headers(const Request& request) {
  if (request.target == "/empty") return {.status = 404};
  Answer answer{.status = 402,
                .headers = {{"x-b", "2"}, {"x-a", "1"}, {"X-A", "once more"}, {"content-length", "999"}},
                .body = "{}"};
  if (request.target == "/close") answer.headers.emplace_back("connection", "close");
  return answer;
}

class Transports : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Transports);

TEST(ServingOnEpoll, WritesAnswersToTheByte) {
  support::RunningServer server(answer_with_headers);
  const auto answer_to = [&](std::string_view request, Asked asked = Asked::for_body) {
    auto client = server.connect();
    client.send(request);
    return without_date(client.read_answer(asked));
  };
  const std::string head =
      "HTTP/1.1 402 Payment Required\r\nx-b: 2\r\nx-a: 1\r\nX-A: once more\r\n"
      "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), head + "{}");
  EXPECT_EQ(answer_to("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", Asked::for_head), head);
  EXPECT_EQ(answer_to("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n"),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
}

// Name and value of each header but Date, in lower case and sorted: httplib has an order of its own.
std::vector<std::string> header_set(std::string answer) {
  std::vector<std::string> lines;
  answer = without_date(std::move(answer));
  answer.resize(answer.find("\r\n\r\n") + 2);
  for (std::size_t begin = answer.find("\r\n") + 2; begin < answer.size();) {
    const auto end = answer.find("\r\n", begin);
    lines.push_back(text::lower(answer.substr(begin, end - begin)));
    begin = end + 2;
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_P(Transports, SaysTheSameHeadersWhateverTheTransport) {
  auto server = serve(answer_with_headers);
  support::RunningServer reference(answer_with_headers);
  for (const std::string request :
       {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /empty HTTP/1.1\r\nHost: a\r\n\r\n", "GET /close HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "nonsense\r\n\r\n"}) {
    const auto asked = request.starts_with("HEAD") ? Asked::for_head : Asked::for_body;
    auto client = server.connect(), other = reference.connect();
    client.send(request);
    other.send(request);
    const auto answer = client.read_answer(asked), expected = other.read_answer(asked);
    EXPECT_EQ(header_set(answer), header_set(expected)) << request;
    EXPECT_EQ(answer.substr(0, answer.find("\r\n")), expected.substr(0, expected.find("\r\n")));
    EXPECT_EQ(body_of(answer), body_of(expected));
  }
  const auto close = server.ask("GET /close HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(header_of(close, "connection"), "close");
  EXPECT_EQ(header_of(server.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), "connection"),
            "keep-alive");
}

TEST_P(Transports, WritesTheSameStatusLineWhateverTheTransport) {
  for (const int status : {200, 207, 209, 299, 402, 418, 422, 508, 599}) {
    auto server = serve([status](const Request&) {
      auto answer = support::text_answer("");
      answer.status = status;
      return answer;
    });
    const auto answer = server.ask(kGet);
    EXPECT_EQ(answer.substr(0, answer.find("\r\n")),
              "HTTP/1.1 " + std::to_string(status) + " " + std::string(text::reason_phrase(status)));
  }
}

TEST_P(Transports, LeavesHeadersThatTheAnswerHasAndServersHaveThemselves) {
  auto server = serve([](const Request&) {
    auto answer = support::text_answer("x");
    answer.headers.emplace_back("accept-ranges", "bytes");
    return answer;
  });
  EXPECT_EQ(header_of(server.ask(kGet), "accept-ranges"), "bytes");
}

}  // namespace
}  // namespace vault_mock::net
