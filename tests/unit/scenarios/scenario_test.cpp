#include "scenarios/player/scenario.hpp"

#include <gtest/gtest.h>

namespace vault_mock::scenarios {
namespace {

using Body = ExpectedAnswer::Body;
using Claims = ExpectedAnswer::Claims;

// The line and the reason why it cannot be read.
std::string refusal(std::string_view text) {
  const auto scenario = read_scenario(text);
  return scenario ? "readable" : std::to_string(scenario.error().line) + ": " + scenario.error().reason;
}

TEST(ReadScenario, ReadsAnExchangeAsItStands) {
  const auto scenario = read_scenario(R"(A title that
goes on.

with --strict --api-key k1
# A comment.
POST /vault/sessions?x=1
Authorization: Bearer k1
x-empty:

{"a": 1,

 "b": 2}
< 400
< Content-Type: application/json; …
< no retry-after
< after 1.5s
{ "detail": "…", … }
< claims
{ "a" : [ 1 ] }
)");
  ASSERT_TRUE(scenario) << scenario.error().reason;
  EXPECT_EQ(scenario->title, "A title that goes on.");
  EXPECT_EQ(scenario->options, (std::vector<std::string>{"--strict", "--api-key", "k1"}));
  EXPECT_FALSE(scenario->only_over_socket);
  ASSERT_EQ(scenario->exchanges.size(), 1u);
  const auto& [request, answer, times] = scenario->exchanges.front();
  EXPECT_EQ(times, 1);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/vault/sessions?x=1");
  EXPECT_EQ(request.headers, (HeaderList{{"Authorization", "Bearer k1"}, {"x-empty", ""}}));
  EXPECT_EQ(request.body, "{\"a\": 1,\n\n \"b\": 2}");
  EXPECT_EQ(request.line, 6);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.line, 13);
  ASSERT_EQ(answer.headers.size(), 2u);
  EXPECT_EQ(answer.headers[0].name, "content-type");
  EXPECT_EQ(answer.headers[0].value, "application/json; …");
  EXPECT_EQ(answer.headers[1].name, "retry-after");
  EXPECT_EQ(answer.headers[1].value, std::nullopt);
  EXPECT_EQ(answer.delay, std::chrono::milliseconds(1500));
  EXPECT_EQ(answer.body_kind, Body::json);
  EXPECT_EQ(answer.body.line, 17);
  EXPECT_EQ(answer.claims_kind, Claims::exact);
  EXPECT_EQ(answer.claims.text, "{\"a\":[1]}");
}

TEST(ReadScenario, TakesHeadersOverAndReplacesOrDropsThem) {
  const auto scenario = read_scenario(
      "T.\n\nGET /a\na: 1\nb: 2\nb: 3\nc: 4\n< 200\n\n3 times\nGET /b\n…\nB: 5\nB: 6\nno c\n< 200\n");
  ASSERT_TRUE(scenario) << scenario.error().reason;
  EXPECT_EQ(scenario->exchanges[1].request.headers, (HeaderList{{"a", "1"}, {"B", "5"}, {"B", "6"}}));
  EXPECT_EQ(scenario->exchanges[1].times, 3);
}

TEST(ReadScenario, ReadsRulesBodilessAndExactAnswers) {
  const auto scenario = read_scenario(
      "T.\n\nonly over the socket\nrules\n{\"rules\":\n []}\n\nHEAD /\n< 200\n< no body\nGET /\n< 200\n< "
      "exactly\na\n\nb⟨bytes 0a⟩\n");
  ASSERT_TRUE(scenario) << scenario.error().reason;
  EXPECT_TRUE(scenario->only_over_socket);
  EXPECT_EQ(scenario->rules, "{\"rules\":\n []}");
  EXPECT_EQ(scenario->exchanges[0].answer.body_kind, Body::none);
  EXPECT_EQ(scenario->exchanges[1].answer.body_kind, Body::exact);
  EXPECT_EQ(scenario->exchanges[1].answer.body.text, "a\n\nb\n");
}

TEST(ReadScenario, RefusesAFileWithoutAnExchange) {
  EXPECT_EQ(refusal("A title.\n\n# Nothing more.\n"), "4: there is no exchange");
  EXPECT_EQ(refusal(""), "1: the title is a sentence: it ends with a full stop");
  EXPECT_EQ(refusal("GET /\n< 200\n"), "1: a scenario begins with a title and a blank line");
}

TEST(ReadScenario, RefusesLinesThatItDoesNotUnderstand) {
  EXPECT_EQ(refusal("T.\n\nuse --strict\nGET /\n< 200\n").substr(0, 19), "3: expected a reque");
  EXPECT_EQ(refusal("T.\n\nGET /\nno colon\n< 200\n").substr(0, 30), "4: the request before has no s");
  EXPECT_EQ(refusal("T.\n\nGET /\nnonsense\n< 200\n").substr(0, 19), "4: expected a heade");
  EXPECT_EQ(refusal("T.\n\nGET /\n\n< many\n"), "5: expected a status after '<'");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\n< after soon\n"), "5: expected a duration after 'after': 2s");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\n< nonsense\n").substr(0, 19), "5: expected a heade");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\nwith --strict\n").substr(0, 16), "5: expected JSON");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\n{}\n\nmore\n").substr(0, 16), "5: expected JSON");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\n< no body\n{}\n").substr(0, 16), "7: the body is s");
  EXPECT_EQ(refusal("T.\n\nGET /\n< 200\n< claims\n{\n").substr(0, 12), "6: unexpecte");
  EXPECT_EQ(refusal("T.\n\nGET /\n"), "4: expected an answer: '< 200'");
  EXPECT_EQ(refusal("T.\n\nGET /⟨x⟩\n< 200\n").substr(0, 10), "4: ⟨x⟩");
  EXPECT_EQ(refusal("T.\n\n0 times\nGET /\n< 200\n"), "3: a number of times is at least 1");
}

TEST(SentHeaders, AddWhatAnyClientAdds) {
  Request request;
  request.headers = {{"Accept", "*/*"}};
  EXPECT_EQ(sent_headers(request), (HeaderList{{"host", "127.0.0.1:4010"}, {"Accept", "*/*"}}));
  request.headers = {{"HOST", "mock"}};
  request.body = "{}";
  EXPECT_EQ(sent_headers(request), (HeaderList{{"HOST", "mock"}, {"content-length", "2"}}));
  request.headers.emplace_back("Transfer-Encoding", "chunked");
  EXPECT_EQ(sent_headers(request).size(), 2u);
}

}  // namespace
}  // namespace vault_mock::scenarios
