#include "engine/engine.hpp"

#include <gtest/gtest.h>

#include "text/headers.hpp"
#include "unit/engine/asking.hpp"

namespace vault_mock::engine {
namespace {

using namespace std::chrono_literals;

TEST(Engine, GivesTheSameBytesForTheSameRequestSpaceTimeAndDice) {
  Asking one, other;
  const auto answer = one.ask("POST", "/vault/sessions", kGoodHeaders, R"({"theme":{}})").response;
  for (auto* asking : {&one, &other, &one}) {
    const auto again = asking->ask("POST", "/vault/sessions", kGoodHeaders, R"({"theme":{}})").response;
    EXPECT_EQ(again.status, answer.status);
    EXPECT_EQ(again.headers, answer.headers);
    EXPECT_EQ(again.body, answer.body);
  }
}

TEST(Engine, ChangesWithTimeAndDice) {
  Asking asking;
  const auto first = asking.ask("POST", "/vault/sessions", kGoodHeaders).response;
  asking.now += 1s;
  const auto later = asking.ask("POST", "/vault/sessions", kGoodHeaders).response;
  EXPECT_NE(later.body, first.body);
  EXPECT_EQ(header_of(later, "x-apideck-request-id"), header_of(first, "x-apideck-request-id"));
  asking.seed = 2;
  const auto other = asking.ask("POST", "/vault/sessions", kGoodHeaders).response;
  EXPECT_EQ(other.body, later.body);
  EXPECT_NE(header_of(other, "x-apideck-request-id"), header_of(later, "x-apideck-request-id"));
}

TEST(Engine, SaysInTheTraceWhichStepDecided) {
  Asking asking;
  const auto decided_by = [&](std::string_view method, std::string_view path,
                              std::vector<text::HeaderView> headers, std::string_view body = "") {
    return asking.ask(method, path, std::move(headers), body).trace.decided_by();
  };
  EXPECT_EQ(decided_by("POST", "/vault/sessions", kGoodHeaders), "sessionsCreate");
  EXPECT_EQ(decided_by("GET", "/nowhere", {}), "routing");
  EXPECT_EQ(decided_by("OPTIONS", "/vault/sessions", {}), "preflight");
  EXPECT_EQ(decided_by("POST", "/vault/sessions", {}), "authentication");
  EXPECT_EQ(decided_by("POST", "/vault/sessions", {{"authorization", "k"}}), "contract");
  EXPECT_EQ(decided_by("POST", "/vault/sessions", kGoodHeaders, "["), "contract");
  auto preferring = kGoodHeaders;
  preferring.emplace_back("prefer", "code=402");
  EXPECT_EQ(decided_by("POST", "/vault/sessions", preferring), "prefer");
}

TEST(Engine, SaysInTheTraceWhichStepsDidNotRun) {
  Asking asking;
  const auto skipped = [&](std::string_view method, std::string_view path,
                           std::vector<text::HeaderView> headers) {
    const auto trace = asking.ask(method, path, std::move(headers)).trace;
    std::string steps;
    for (int i = 0; i < static_cast<int>(trace.decided_at); ++i)
      if (trace.skipped.test(static_cast<std::size_t>(i)))
        steps.append(steps.empty() ? "" : ", ").append(to_string(static_cast<Step>(i)));
    return steps;
  };
  EXPECT_EQ(skipped("POST", "/vault/sessions", kGoodHeaders), "preflight");
  EXPECT_EQ(skipped("POST", "/vault/sessions", {}), "preflight");
  EXPECT_EQ(skipped("GET", "/nowhere", {}), "preflight, authentication, contract, advice, consumer id");
  EXPECT_EQ(skipped("GET", "/session/x", {}), "preflight, authentication");
}

TEST(Engine, SaysInTheTraceWhyItFailsUnlessItWasAskedTo) {
  Asking asking;
  const auto why = [&](std::string_view method, std::string_view path, std::vector<text::HeaderView> headers,
                       std::string_view body = "") {
    return asking.ask(method, path, std::move(headers), body).trace.why;
  };
  EXPECT_EQ(why("POST", "/vault/sessions", kGoodHeaders), "");
  EXPECT_EQ(why("POST", "/vault/sessions", {}), "Missing authentication");
  EXPECT_EQ(why("GET", "/nowhere", {}), "Could not find route: GET /nowhere");
  EXPECT_EQ(why("PUT", "/vault/sessions", {}), "PUT is not allowed here; allowed: POST, OPTIONS");
  EXPECT_EQ(why("GET", "/vault/consumers/nobody", kGoodHeaders), "Could not find consumer with id: 'nobody'");
  auto preferring = kGoodHeaders;
  preferring.emplace_back("prefer", "code=404");
  EXPECT_EQ(why("POST", "/vault/sessions", preferring), "");
}

TEST(Engine, HintsAreVisibleAsciiOfBoundedLength) {
  Asking asking;
  for (const auto& path :
       {std::string("/\xff\x01\r\n/vault/sessions"), "/crm/" + std::string(9000, 'x'),
        "/" + std::string(9000, 'x') + "/vault/sessions", "/vault/" + std::string(9000, '/')}) {
    const auto outcome = asking.ask("POST", path, kGoodHeaders);
    EXPECT_EQ(outcome.response.status, 404);
    EXPECT_FALSE(outcome.trace.hint.empty());
    EXPECT_LE(outcome.trace.hint.size(), 400u);
    for (const char c : outcome.trace.hint) EXPECT_TRUE(c >= ' ' && c <= '~') << outcome.trace.hint;
    EXPECT_EQ(header_of(outcome.response, "x-mock-hint"), outcome.trace.hint);
  }
}

TEST(Engine, KeepsInTheTraceWhatTheLogNeeds) {
  Asking asking;
  const auto outcome = asking.ask("POST", "/vault/sessions", kGoodHeaders, R"({"redirect_uri":"nowhere"})");
  EXPECT_EQ(outcome.trace.space, "default");
  EXPECT_EQ(outcome.trace.operation, "sessionsCreate");
  EXPECT_EQ(outcome.trace.consumer_id, "consumer");
  EXPECT_EQ(outcome.trace.app_id, "app");
  EXPECT_EQ(outcome.trace.credential_kind, CredentialKind::api_key);
  EXPECT_EQ(outcome.trace.request_id, header_of(outcome.response, "x-apideck-request-id"));
  ASSERT_FALSE(outcome.trace.advice.empty());
  EXPECT_EQ(outcome.trace.advice.front(),
            (contract::Advice{"/redirect_uri", "'nowhere' is not an absolute URL"}));
  EXPECT_EQ(outcome.response.status, 200);
}

TEST(Engine, AnswersAnOperationWithoutBehaviourWithItsDocumentedExample) {
  Asking asking(R"({"security": [{"apiKey": []}], "paths": {"/vault/consumers": {
    "get": {"operationId": "widgetsAll", "responses": {"200": {"content": {"application/json": {"example": {"data": [1]}}}}}},
    "post": {"operationId": "widgetsAdd", "responses": {"201": {}},
             "requestBody": {"required": true, "content": {"application/json": {"schema": {"required": ["consumer_id"]}}}}}}}})");
  const auto list = asking.ask("GET", "/vault/consumers", kGoodHeaders).response;
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.body, R"({"data":[1]})");
  EXPECT_EQ(header_of(list, "content-type"), "application/json; charset=utf-8");

  EXPECT_EQ(asking.ask("POST", "/vault/consumers", kGoodHeaders, R"({"consumer_id":"a"})").response.status,
            201);
  const auto refused = asking.ask("POST", "/vault/consumers", kGoodHeaders, "{}").response;
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("Missing property consumer_id"), std::string::npos) << refused.body;
  const auto missing = asking.ask("POST", "/vault/consumers", kGoodHeaders).response;
  EXPECT_NE(missing.body.find("request body is missing"), std::string::npos) << missing.body;
}

TEST(Engine, TellsTheDeliveryHowLongToWait) {
  Asking asking;
  auto headers = kGoodHeaders;
  headers.emplace_back("prefer", "wait=2");
  EXPECT_EQ(asking.ask("POST", "/vault/sessions", headers).delay, 2s);
  EXPECT_EQ(asking.ask("POST", "/vault/sessions", kGoodHeaders).delay, 0s);
}

TEST(Engine, AnswersAFailureOfItsOwnLikeAnyOther) {
  Asking mock;
  int throws = 0;
  const rules::Dice failing = [&throws] {
    if (++throws > 4) throw std::runtime_error("the dice are gone");  // four make the request's id
    return 0.5;
  };
  const auto outcome = mock.engine.answer({.method = "PATCH",
                                           .path = "/vault/connections/crm/pipedrive/consent",
                                           .query = "",
                                           .headers = kGoodHeaders,
                                           .body = R"({"granted":true,"resources":"*"})",
                                           .base_url = "http://mock"},
                                          mock.space, mock.now, failing);
  EXPECT_EQ(outcome.response.status, 500);
  EXPECT_EQ(header_of(outcome.response, "x-apideck-request-id"), outcome.trace.request_id);
  const auto body = nlohmann::json::parse(outcome.response.body);
  EXPECT_EQ(body.at("status_code"), 500);
  EXPECT_NE(body.at("detail").get<std::string>().find("the dice are gone"), std::string::npos);
  EXPECT_EQ(outcome.trace.decided_at, Step::act);
}

TEST(Engine, NeverThrowsForForeignBytes) {
  Asking asking;
  const std::string bytes = "\xff\xfe\x01 \"\\";
  for (const auto& body : {bytes, "{\"redirect_uri\": \"" + bytes + "\"}",
                           "{\"" + std::string(5000, 'x') + "\": 1}", std::string(100, '\0')}) {
    const auto outcome = asking.ask(
        "POST", "/vault/sessions",
        {{"authorization", bytes}, {"x-apideck-app-id", bytes}, {"x-apideck-consumer-id", bytes}}, body);
    EXPECT_EQ(outcome.response.status, 400);
    EXPECT_TRUE(nlohmann::json::accept(outcome.response.body)) << outcome.response.body;
  }
  EXPECT_TRUE(nlohmann::json::accept(asking.ask(bytes, bytes, {}).response.body));
}

}  // namespace
}  // namespace vault_mock::engine
