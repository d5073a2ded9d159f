#include "scenarios/player/judge.hpp"

#include <gtest/gtest.h>

#include "vault/jwt.hpp"

namespace vault_mock::scenarios {
namespace {

constexpr auto kExpected = R"(T.

GET /
< 200
< a: x…
< no b
{ "data": … }
< claims
{"c": 1}
)";

Answer answer() {
  const auto token = vault::sign_jwt(R"({"c":1})", "secret");
  return {
      .status = 200, .headers = {{"a", "xy"}}, .body = R"({"data":{"session_token":")" + token + R"("}})"};
}

std::string differences(const Answer& actual, std::string_view expected = kExpected) {
  const auto scenario = read_scenario(expected);
  if (!scenario) return scenario.error().reason;
  std::string result;
  for (const auto& [line, words] : compare(scenario->exchanges.front().answer, actual))
    result += std::to_string(line) + " " + words + "\n";
  return result;
}

TEST(Compare, FindsNothingWhereNothingDiffers) { EXPECT_EQ(differences(answer()), ""); }

TEST(Compare, TakesHeadersOfOneNameInTheirOrder) {
  const std::string expected = "T.\n\nGET /\n< 200\n< a: 1\n< a: 2\n";
  auto actual = answer();
  actual.headers = {{"a", "1"}, {"b", "3"}, {"a", "2"}};
  EXPECT_EQ(differences(actual, expected), "");
  actual.headers = {{"a", "2"}, {"a", "1"}};
  EXPECT_EQ(differences(actual, expected), "5 a: expected '1', got '2'\n6 a: expected '2', got '1'\n");
  actual.headers = {{"a", "1"}};
  EXPECT_EQ(differences(actual, expected), "6 a: is missing, expected '2'\n");
}

TEST(Compare, FindsEveryDifferenceWithItsLine) {
  auto actual = answer();
  actual.status = 201;
  actual.headers = {{"b", "1"}};
  actual.body = R"({"date":1})";
  EXPECT_EQ(differences(actual),
            "4 status: expected 200, got 201\n"
            "5 a: is missing, expected 'x…'\n"
            "6 b: expected none, got '1'\n"
            "7 body/data: is missing\n"
            "7 body/date: is not expected, it is 1\n"
            "9 claims: the answer has no session token that can be read\n");
}

TEST(Compare, HoldsExactBodiesAndClaimsToTheByte) {
  EXPECT_EQ(
      differences({.status = 200, .headers = {}, .body = "ab c"}, "T.\n\nGET /\n< 200\n< exactly\nabc\n"),
      "6 body: differs from byte 2 on\n    expected  c\n    got        c\n");
  EXPECT_NE(differences(answer(), "T.\n\nGET /\n< 200\n< claims\n{\"c\": 1.0}\n"), "");
  EXPECT_EQ(differences(answer(), "T.\n\nGET /\n< 200\n< claims like\n{ \"c\": 1.0 }\n"), "");
  EXPECT_NE(differences(answer(), "T.\n\nGET /\n< 200\n< claims like\n{ \"c\": 2 }\n"), "");
  EXPECT_NE(differences(answer(), "T.\n\nGET /\n< 200\n< no body\n"), "");
  EXPECT_NE(differences({.status = 200, .headers = {}, .body = "oops"}, "T.\n\nGET /\n< 200\n{}\n"), "");
}

TEST(CheckInvariants, HoldsEveryAnswerToARequestIdAnOpenOriginAndTheVendorsShape) {
  const Request request{.method = "GET", .target = "/", .headers = {}, .body = "", .line = 3};
  Answer good{.status = 404,
              .headers = {{"access-control-allow-origin", "*"},
                          {"x-apideck-request-id", "01234567-89ab-4cde-8f01-23456789abcd"}},
              .body = R"({"status_code":404,"error":"","type_name":"","message":"","detail":{},"ref":""})"};
  EXPECT_TRUE(check_invariants(request, good).empty());
  auto bad = good;
  bad.headers[1].second = "01234567-89ab-1cde-8f01-23456789abcd";
  EXPECT_EQ(check_invariants(request, bad).size(), 1u);
  bad = good;
  bad.headers.erase(bad.headers.begin());
  EXPECT_EQ(check_invariants(request, bad).size(), 1u);
  for (const auto* body :
       {"", "[]", R"({"status_code":404,"error":"","type_name":"","message":"","detail":[],"ref":""})",
        R"({"status_code":400,"error":"","type_name":"","message":"","detail":"","ref":""})",
        R"({"status_code":404,"error":"","type_name":"","message":"","detail":"","ref":"","more":1})"}) {
    bad = good;
    bad.body = body;
    EXPECT_EQ(check_invariants(request, bad).size(), 1u) << body;
  }
}

}  // namespace
}  // namespace vault_mock::scenarios
