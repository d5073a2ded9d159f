#include "net/date_field.hpp"

#include <ctime>
#include <gtest/gtest.h>
#include <stdexcept>

#include "support/running_server.hpp"

namespace vault_mock::net {
namespace {

using support::header_of;

class Dating : public support::OnEachTransport {};
ON_EACH_TRANSPORT(Dating);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7); and 6.6.1: every answer has it, those to errors too.
TEST_P(Dating, SaysInEveryAnswerWhenItWasMade) {
  auto server = serve([](const Request& request) {
    if (request.target == "/throw") throw std::runtime_error("out of cheese");
    Answer answer;
    if (request.target == "/own") answer.headers.emplace_back("date", "yesterday");
    if (request.target == "/stream") answer.next_piece = [] { return Piece{.bytes = "said", .pause = {}}; };
    return answer;
  });
  for (const std::string request :
       {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /throw HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n"}) {
    const auto before = std::time(nullptr);
    auto client = server.connect();
    client.send(request);
    const auto date = header_of(client.read_until("\r\n\r\n"), "date");
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

}  // namespace
}  // namespace vault_mock::net
