// What is told of a client that asks again by itself: of the SDK how to turn that off, of others what they may be.
#include "site/retry_advice.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

#include "unit/engine/asking.hpp"

namespace vault_mock::site {
namespace {

constexpr std::string_view kTurnedOff = R"(unless it is made with retryConfig: { strategy: "none" })";

// Asks as the SDK would, until it is told of or has asked 10 times. → what was told, behind the number of requests
std::string told_of(std::string_view user_agent) {
  engine::Asking asking;
  engine::Outcome outcome;
  outcome.response.status = 503;
  outcome.trace.consumer_id = "acme";
  const std::vector<text::HeaderView> headers = {{"user-agent", user_agent}};
  const engine::ApiRequest request{.method = "POST",
                                   .path = "/vault/sessions",
                                   .query = "",
                                   .headers = headers,
                                   .body = "",
                                   .base_url = "http://mock"};
  auto now = asking.now;
  for (int requests = 1; requests <= 10; ++requests) {
    if (const auto advice = retry_advice(request, outcome, asking.space, now))
      return std::to_string(requests) + advice->text.substr(advice->text.find(':'));
    now += std::chrono::milliseconds(std::lround(500 * std::pow(requests - 1, 1.5)) + 100);
  }
  return "";
}

TEST(RetryAdvice, TellsTheSdkHowToTurnItOff) {
  EXPECT_EQ(told_of("speakeasy-sdk/typescript 0.52.2 2.881.4 9.0.0 @apideck/unify"),
            "3: the SDK retries for up to 15 minutes, " + std::string(kTurnedOff));
}

TEST(RetryAdvice, AccusesNobodyElse) {
  for (const auto* user_agent : {"node", "", "speakeasy-sdk/python 0.29.2 2.881.4 9.0.0 apideck-unify"})
    EXPECT_EQ(
        told_of(user_agent),
        "5: its client asks again by itself; if it is @apideck/unify, it does so for up to 15 minutes, " +
            std::string(kTurnedOff));
}

}  // namespace
}  // namespace vault_mock::site
