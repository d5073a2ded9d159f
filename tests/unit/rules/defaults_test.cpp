// The rules that ship: fixtures/defaults.json, embedded.
#include <gtest/gtest.h>

#include "rules/decide.hpp"
#include "rules/language/rule_file.hpp"
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
    return std::get<int>(std::get<ErrorAnswer<std::string>>(ask(consumer).answer.content).error);
  }

  const RuleFile rule_file_ =
      read_rule_file(text::embedded_file("fixtures/defaults.json"), "fixtures/defaults.json", KnownNames{})
          .value();
  const RuleBook book_{rule_file_.rules};
  RuleState state_;
};

TEST_F(Defaults, HaveNoWarnings) { EXPECT_EQ(format(rule_file_.warnings), ""); }

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
      EXPECT_EQ(std::get<int>(std::get<ErrorAnswer<std::string>>(decision.answer.content).error), 503);
      ASSERT_EQ(decision.answer.headers.size(), 1u);
      EXPECT_EQ(decision.answer.headers.front(), (std::pair<std::string, std::string>("retry-after", "0")));
    }
    EXPECT_TRUE(std::holds_alternative<Pass>(ask("flaky").answer.content));
  }
}

TEST_F(Defaults, DelaySlowByTwoSeconds) {
  const auto decision = ask("slow");
  EXPECT_TRUE(std::holds_alternative<Pass>(decision.answer.content));
  EXPECT_EQ(decision.answer.delay, std::chrono::seconds(2));
}

TEST_F(Defaults, GiveExpiredATokenOfThePast) {
  EXPECT_EQ(std::get<SessionAnswer<std::string>>(ask("expired").answer.content).ttl, -std::chrono::hours(1));
}

}  // namespace
}  // namespace vault_mock::rules
