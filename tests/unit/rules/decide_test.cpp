// Which rule decides: order, sequences, times, chance, states.
#include "rules/decide.hpp"

#include <gtest/gtest.h>

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

// The status a decision answers with; 0 for a pass, -1 when no rule matched.
int status(const Decision& decision) {
  if (decision.rule == nullptr) return -1;
  if (const auto* error = std::get_if<ErrorAnswer<std::string>>(&decision.answer.content))
    return std::get<int>(error->error);
  if (const auto* plain = std::get_if<PlainAnswer<std::string>>(&decision.answer.content))
    return plain->status;
  return 0;
}

std::vector<int> statuses(Asking& rules, int requests, const Asked& asked = {}) {
  std::vector<int> all;
  for (int i = 0; i < requests; ++i) all.push_back(status(rules.decide(asked)));
  return all;
}

TEST(Decide, TakesTheFirstThatMatches) {
  Asking rules(R"({"when":{"consumer_id":"x"},"respond":{"error":401}},
                  {"when":{"consumer_id":"bob"},"respond":{"error":402}},
                  {"respond":{"error":404}})");
  EXPECT_EQ(status(rules.decide({})), 402);
  EXPECT_EQ(status(rules.decide({.consumer_id = "x"})), 401);
  EXPECT_EQ(status(rules.decide({.consumer_id = "y"})), 404);
}

TEST(Decide, KeepsTheOrderBetweenRulesThatNameConsumersAndRulesThatDoNot) {
  Asking rules(R"({"when":{"app_id":"nope"},"respond":{"error":400}},
                  {"when":{"consumer_id":{"starts_with":"b"}},"respond":{"error":401}},
                  {"when":{"consumer_id":"bob"},"respond":{"error":402}})");
  EXPECT_EQ(status(rules.decide({})), 401);
}

TEST(Decide, StopsAtARuleThatPasses) {
  Asking rules(R"({"respond":{"pass":true}},{"respond":{"error":404}})");
  const auto decision = rules.decide({});
  ASSERT_NE(decision.rule, nullptr);
  EXPECT_TRUE(std::holds_alternative<Pass>(decision.answer.content));
}

TEST(Decide, KeepsThePhasesApart) {
  Asking rules(R"({"before":"validation","respond":{"error":401}},{"respond":{"error":402}})");
  EXPECT_EQ(status(rules.decide({}, Phase::before_validation)), 401);
  EXPECT_EQ(status(rules.decide({}, Phase::after_validation)), 402);
}

TEST(Decide, StaysAtTheLastOfASequence) {
  Asking rules(R"({"sequence":[{"error":500},{"error":503}]})");
  EXPECT_EQ(statuses(rules, 4), (std::vector{500, 503, 503, 503}));
}

TEST(Decide, StartsASequenceAgain) {
  Asking rules(R"({"sequence":[{"error":500},{"error":503}],"then":"repeat"})");
  EXPECT_EQ(statuses(rules, 5), (std::vector{500, 503, 500, 503, 500}));
}

TEST(Decide, PassesAfterASequence) {
  Asking rules(R"({"sequence":[{"error":500},{"error":503}],"then":"pass"},{"respond":{"error":404}})");
  EXPECT_EQ(statuses(rules, 4), (std::vector{500, 503, 0, 0}));
}

TEST(Decide, PassesAfterASequenceOfOne) {
  Asking rules(R"({"sequence":[{"error":500}],"then":"pass"})");
  EXPECT_EQ(statuses(rules, 3), (std::vector{500, 0, 0}));
}

TEST(Decide, ForgetsARuleThatHasMatchedItsTimes) {
  Asking rules(R"({"times":2,"respond":{"error":500}},{"respond":{"error":404}})");
  EXPECT_EQ(statuses(rules, 4), (std::vector{500, 500, 404, 404}));
}

TEST(Decide, CountsForTheSpaceOrForEachConsumer) {
  Asking space(R"({"times":1,"respond":{"error":500}})");
  EXPECT_EQ(status(space.decide({.consumer_id = "a"})), 500);
  EXPECT_EQ(status(space.decide({.consumer_id = "b"})), -1);
  Asking consumer(R"({"times":1,"per":"consumer","respond":{"error":500}})");
  EXPECT_EQ(status(consumer.decide({.consumer_id = "a"})), 500);
  EXPECT_EQ(status(consumer.decide({.consumer_id = "b"})), 500);
  EXPECT_EQ(status(consumer.decide({.consumer_id = "a"})), -1);
}

TEST(Decide, ThrowsTheDice) {
  Asking rules(R"({"probability":0.1,"respond":{"error":500}})");
  rules.next_throw = 0.0999;
  EXPECT_EQ(status(rules.decide({})), 500);
  rules.next_throw = 0.1;
  EXPECT_EQ(status(rules.decide({})), -1);
  Asking never(R"({"probability":0,"respond":{"error":500}})");
  never.next_throw = 0;
  EXPECT_EQ(status(never.decide({})), -1);
}

TEST(Decide, DrawsOneOfSomeAnswersByTheirWeights) {
  Asking rules(R"({"random":[{"error":500},{"error":503,"weight":2.5},{"pass":true,"weight":0.5}]})");
  const std::pair<double, int> drawn[] = {{0, 500},      {0.2499, 500}, {0.25, 503},
                                          {0.8749, 503}, {0.875, 0},    {0.9999, 0}};
  for (const auto& [number, wanted] : drawn) {
    rules.next_throw = number;
    EXPECT_EQ(status(rules.decide({})), wanted) << number;
  }
}

TEST(Decide, DrawsFromTheFirstMatchOnAndCountsForTimesAlone) {
  Asking rules(R"({"times":2,"random":[{"error":500},{"error":503}]},{"respond":{"error":404}})");
  rules.next_throw = 0.6;
  EXPECT_EQ(statuses(rules, 3), (std::vector{503, 503, 404}));
  Asking without(R"({"random":[{"error":500},{"error":503}]})");
  EXPECT_EQ(without.decide({}).count, 0u);
}

TEST(Decide, CountsOnlyWhenARuleMatches) {
  Asking rules(R"({"times":1,"probability":0.5,"respond":{"error":500}})");
  rules.next_throw = 0.9;
  EXPECT_EQ(status(rules.decide({})), -1);
  rules.next_throw = 0.1;
  EXPECT_EQ(status(rules.decide({})), 500);
  EXPECT_EQ(status(rules.decide({})), -1);
}

TEST(Decide, FollowsNamedStates) {
  Asking rules(R"({"given":{"plan":null},"sets":{"plan":"used up"},"respond":{"status":200}},
                  {"given":{"plan":"used up"},"when":{"app_id":"upgrade"},"sets":{"plan":null},"respond":{"status":201}},
                  {"given":{"plan":"used up"},"respond":{"error":402}})");
  EXPECT_EQ(statuses(rules, 3), (std::vector{200, 402, 402}));
  EXPECT_EQ(status(rules.decide({.app_id = "upgrade"})), 201);
  EXPECT_EQ(statuses(rules, 2), (std::vector{200, 402}));
}

TEST(Decide, SharesAStateBetweenRulesOfTheSameOwner) {
  Asking rules(R"({"when":{"app_id":"set"},"sets":"on","per":"consumer","respond":{"status":200}},
                  {"given":"on","per":"consumer","respond":{"error":402}},
                  {"given":"on","respond":{"error":500}})");
  rules.decide({.consumer_id = "a", .app_id = "set"});
  EXPECT_EQ(status(rules.decide({.consumer_id = "a"})), 402);
  EXPECT_EQ(status(rules.decide({.consumer_id = "b"})), -1);
}

TEST(Decide, ForgetsOnRequest) {
  Asking rules(R"({"times":1,"respond":{"error":500}})");
  EXPECT_EQ(statuses(rules, 2), (std::vector{500, -1}));
  rules.state().forget_all();
  EXPECT_EQ(status(rules.decide({})), 500);
}

TEST(Decide, FillsInTemplates) {
  Asking rules(
      R"({"sequence":[{"error":402,"message":"no {{count}}","detail":"{{consumer_id}}","headers":{"X-N":"{{count}}"}},
                               {"body":{"n":"{{count}}"}}]})");
  const auto first = rules.decide({.consumer_id = "a\"b"});
  const auto& error = std::get<ErrorAnswer<std::string>>(first.answer.content);
  EXPECT_EQ(error.message, "no 1");
  EXPECT_EQ(error.detail, R"("a\"b")");
  EXPECT_EQ(first.answer.headers.at(0), (std::pair<std::string, std::string>("x-n", "1")));
  EXPECT_EQ(std::get<PlainAnswer<std::string>>(rules.decide({}).answer.content).body, R"({"n":2})");
}

TEST(Decide, SendsAHeaderAsOftenAsItsListSays) {
  Asking rules(
      R"({"respond":{"pass":true,"headers":{"Set-Cookie":["a={{count}}","b={{consumer_id}}"],"x-n":[1]}}})");
  using Header = std::pair<std::string, std::string>;
  EXPECT_EQ(rules.decide({}).answer.headers,
            (std::vector<Header>{{"set-cookie", "a=1"}, {"set-cookie", "b=bob"}, {"x-n", "1"}}));
}

TEST(Decide, LetsNoValueBreakOutOfAHeader) {
  Asking rules(R"({"respond":{"pass":true,"headers":{"x-a":"{{/a}}"}}})");
  const auto decision = rules.decide({.body = nlohmann::json{{"a", "1\r\nset-cookie: x"}}});
  EXPECT_EQ(decision.answer.headers.at(0).second, "1set-cookie: x");
}

TEST(Decide, DrawsDelays) {
  Asking uniform(R"({"respond":{"delay":{"min":"100ms","max":"200ms"}}})");
  uniform.next_throw = 0;
  EXPECT_EQ(uniform.decide({}).answer.delay.count(), 100);
  uniform.next_throw = 0.9999;
  EXPECT_EQ(uniform.decide({}).answer.delay.count(), 200);
  Asking normal(R"({"respond":{"delay":{"median":"300ms","sigma":0}}})");
  EXPECT_EQ(normal.decide({}).answer.delay.count(), 300);
  Asking wild(R"({"respond":{"delay":{"median":"1h","sigma":5}}})");
  wild.next_throw = 0.999;
  EXPECT_LE(wild.decide({}).answer.delay, std::chrono::hours(1));
}

TEST(Decide, NamesAContentTypeUnlessTheRuleDoes) {
  const auto type = [](const std::string& respond) {
    Asking rules("{\"respond\":" + respond + "}");
    return std::get<PlainAnswer<std::string>>(rules.decide({}).answer.content).content_type;
  };
  EXPECT_EQ(type(R"({"body":{}})"), "application/json; charset=utf-8");
  EXPECT_EQ(type(R"({"text":""})"), "text/plain; charset=utf-8");
  EXPECT_EQ(type(R"({"text":"","headers":{"Content-Type":"text/html"}})"), "");
  EXPECT_EQ(type(R"({"status":204})"), "");
}

TEST(Decide, AsksRulesOfTheLayerBelowLast) {
  const auto book_of = [](std::string_view text) { return read_rule_file(text, "x.json", {})->rules; };
  const auto base = std::make_shared<const RuleBook>(book_of(
      R"({"rules":[{"when":{"consumer_id":"a"},"respond":{"error":401}},{"respond":{"error":402}}]})"));
  const RuleBook book(book_of(R"({"rules":[{"when":{"consumer_id":"b"},"respond":{"error":403}}]})"), base);
  ASSERT_EQ(book.size(), 3u);
  RuleState state;
  const auto ask = [&](std::string_view consumer) {
    RequestView request;
    request.consumer_id = consumer;
    const auto decision = decide(book, state, request, Phase::after_validation, [] { return 0.5; });
    EXPECT_EQ(&book.at(decision.index), decision.rule);
    return status(decision);
  };
  EXPECT_EQ(ask("a"), 401);
  EXPECT_EQ(ask("b"), 403);
  EXPECT_EQ(ask("c"), 402);
}

TEST(Explain, GivesTheReasonOfEachRuleBeforeTheOneThatDecided) {
  Asking rules(R"({"name":"one","when":{"consumer_id":"x"},"respond":{"error":401}},
                  {"name":"two","times":1,"respond":{"error":402}},
                  {"name":"three","probability":0.2,"respond":{"error":402}},
                  {"name":"four","given":{"plan":"paid"},"respond":{"error":402}},
                  {"name":"early","before":"validation","respond":{"error":402}},
                  {"name":"five","respond":{"error":404}},
                  {"name":"six","respond":{"error":500}})");
  rules.decide({});
  const auto decision = rules.decide({});
  EXPECT_EQ(status(decision), 404);
  std::string text;
  for (const auto& [label, reason] : rules.why_not({}, decision).rules) text += label + ": " + reason + "\n";
  EXPECT_EQ(text,
            "mine.json#one: consumer_id: expected \"x\", was \"bob\"\n"
            "mine.json#two: it has already matched 1 time, its limit\n"
            "mine.json#three: it was not drawn: its probability is 0.2\n"
            "mine.json#four: state \"plan\": expected \"paid\", was not set\n");
}

TEST(Explain, StaysShort) {
  std::string many;
  for (int i = 0; i < 50; ++i) many += R"({"when":{"consumer_id":"x"},"respond":{"error":401}},)";
  Asking rules(many + R"({"respond":{"error":404}})");
  const auto reasons = rules.why_not({}, rules.decide({}), Phase::after_validation, 10);
  EXPECT_EQ(reasons.rules.size(), 10u);
  EXPECT_EQ(reasons.omitted, 40u);
}

}  // namespace
}  // namespace vault_mock::rules
