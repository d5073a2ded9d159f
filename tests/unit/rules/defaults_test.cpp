// The rules that ship: fixtures/defaults.json, embedded.
#include <gtest/gtest.h>

#include "rules/decide.hpp"
#include "rules/language/fixture.hpp"
#include "text/embedded.hpp"

namespace vault_mock::rules {
namespace {

class Defaults : public testing::Test {
 protected:
  Decision ask(std::string_view consumer) {
    RequestView request;
    request.operation = "sessionsCreate";
    request.method = "POST";
    request.path = "/vault/sessions";
    request.consumer_id = consumer;
    return decide(book_, state_, request, Phase::after_validation, [] { return 0.5; });
  }

  int error_status(std::string_view consumer) {
    return std::get<int>(std::get<ReplyError>(ask(consumer).reply.content).error);
  }

  const Fixture fixture_ =
      read_fixture(embedded::file("fixtures/defaults.json"), "fixtures/defaults.json", KnownNames{}).value();
  const RuleBook book_{fixture_.rules};
  RuleState state_;
};

TEST_F(Defaults, HaveNoWarnings) { EXPECT_EQ(format(fixture_.warnings), ""); }

TEST_F(Defaults, LeaveOtherConsumersAlone) {
  EXPECT_EQ(ask("acme").rule, nullptr);
  EXPECT_EQ(ask("error-40").rule, nullptr);
  EXPECT_EQ(ask("").rule, nullptr);
}

TEST_F(Defaults, AnswerEachMagicIdWithItsError) {
  for (const int status : {400, 401, 402, 404, 422, 429, 500, 503})
    EXPECT_EQ(error_status("error-" + std::to_string(status)), status);
}

TEST_F(Defaults, LabelTheRuleByFileAndName) {
  EXPECT_EQ(ask("error-402").rule->label, "defaults.json#error-402");
}

TEST_F(Defaults, FailTwiceForFlakyThenAnswerAndStartAgain) {
  for (int round = 0; round < 3; ++round) {
    for (int failure = 0; failure < 2; ++failure) {
      const auto decision = ask("flaky");
      EXPECT_EQ(std::get<int>(std::get<ReplyError>(decision.reply.content).error), 503);
      ASSERT_EQ(decision.reply.headers.size(), 1u);
      EXPECT_EQ(decision.reply.headers.front(), (std::pair<std::string, std::string>("retry-after", "0")));
    }
    EXPECT_TRUE(std::holds_alternative<Pass>(ask("flaky").reply.content));
  }
}

TEST_F(Defaults, DelaySlowByTwoSeconds) {
  const auto decision = ask("slow");
  EXPECT_TRUE(std::holds_alternative<Pass>(decision.reply.content));
  EXPECT_EQ(decision.reply.delay, std::chrono::seconds(2));
}

TEST_F(Defaults, GiveExpiredATokenOfThePast) {
  EXPECT_EQ(std::get<ReplySession>(ask("expired").reply.content).ttl, -std::chrono::hours(1));
}

}  // namespace
}  // namespace vault_mock::rules
