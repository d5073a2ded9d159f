// What a space has, kept and taken back: chance, time, rules and sessions.
#include <algorithm>
#include <gtest/gtest.h>

#include "unit/spaces/tried.hpp"

namespace vault_mock::spaces {
namespace {

using namespace std::chrono_literals;

TEST(Space, GivesTheNthRequestAfterASeedingTheSameChance) {
  Tried tried;
  std::vector<std::uint64_t> first, again;
  for (auto* drawn : {&first, &again}) {
    tried.space.set_seed(42);
    for (int i = 0; i < 3; ++i) drawn->push_back(tried.space.begin({}).generator.next());
    drawn->push_back(tried.space.begin({}).generator.next());
  }
  EXPECT_EQ(first, again);
  std::ranges::sort(first);
  EXPECT_EQ(std::ranges::adjacent_find(first), first.end()) << "each request has its own";
  EXPECT_EQ(tried.space.seed(), 42u);
}

TEST(Space, TellsARequestTheTimeOfItsClock) {
  Tried tried;
  const Time wall{1h}, frozen{5h};
  EXPECT_EQ(tried.space.begin(wall).now, wall);
  tried.space.change_clock([&](Clock& clock) { return clock.freeze(frozen), true; });
  EXPECT_EQ(tried.space.begin(wall).now, frozen);
  EXPECT_EQ(tried.space.now(wall), frozen);
}

TEST(Space, HoldsAMovedClockUntilItIsWhereItWas) {
  Tried tried;
  EXPECT_FALSE(tried.space.is_worth_keeping());
  tried.space.change_clock([](Clock& clock) { return clock.advance(1min), true; });
  EXPECT_TRUE(tried.space.is_worth_keeping());
  tried.space.change_clock([](Clock& clock) { return clock.advance(-1min), true; });
  EXPECT_FALSE(tried.space.is_worth_keeping());
}

TEST(Space, HoldsHowAuthorizingGoesUntilItIsAsAtFirst) {
  Tried tried;
  EXPECT_EQ(tried.space.oauth(), vault::OAuthSettings());
  EXPECT_TRUE(tried.space.change_oauth({{"confirm", true}}).confirm);
  EXPECT_TRUE(tried.space.is_worth_keeping());
  const auto both = tried.space.change_oauth({{"opener", "severed"}});
  EXPECT_TRUE(both.confirm && both.severs_opener) << "what is left out stays";
  tried.space.reset({.sessions = true});
  EXPECT_EQ(tried.space.oauth(), both);
  tried.space.reset({.oauth = true});
  EXPECT_EQ(tried.space.oauth(), vault::OAuthSettings());
  EXPECT_FALSE(tried.space.is_worth_keeping());
}

TEST(Space, FindsReplacesAndRemovesRulesByTheirIds) {
  Tried tried;
  const auto named = [](std::string id, std::string_view text) {
    return AddedRule{id, rules::rule_from_text(text, "rule-" + id, {})->rule};
  };
  tried.add(R"({"respond":{"error":402}})", "one");
  EXPECT_EQ(tried.add(R"({"respond":{"error":404}})", "one"), RuleChangeResult::id_is_taken);
  EXPECT_EQ(tried.space.replace_rule(named("two", R"({"respond":{"error":404}})")),
            RuleChangeResult::no_such_id);
  EXPECT_EQ(tried.space.replace_rule(named("one", R"({"respond":{"error":422}})")), RuleChangeResult::done);
  EXPECT_EQ(tried.answer(), 422);
  tried.add(R"({"respond":{"error":404}})", "two");
  EXPECT_EQ(tried.space.added_rules().front().id, "two") << "the newest first";
  EXPECT_TRUE(tried.space.find_rule("one"));
  EXPECT_TRUE(tried.space.remove_rule("two"));
  EXPECT_FALSE(tried.space.remove_rule("two"));
  EXPECT_FALSE(tried.space.find_rule("two"));
  EXPECT_EQ(tried.space.count_rules(), 1u);
  EXPECT_EQ(tried.answer(), 422);
}

TEST(Space, KeepsASessionRevokedThatItHadNotKnown) {
  Tried tried;
  tried.space.add_session(session_of("known"));
  EXPECT_FALSE(tried.space.end_of("known"));
  for (const auto* token : {"known", "foreign"}) {
    tried.space.end_session(session_of(token), vault::SessionState::revoked);
    EXPECT_TRUE(tried.space.end_of(token));
    EXPECT_TRUE(tried.space.find_session(token)->ended);
  }
  EXPECT_EQ(tried.space.sessions().front().token, "foreign") << "the newest first";
  tried.space.reset({.sessions = true});
  EXPECT_FALSE(tried.space.end_of("known")) << "revocations are forgotten, too";
  EXPECT_EQ(tried.space.count_sessions(), 0u);
}

TEST(Space, ForgetsInAResetOnlyWhatIsNamed) {
  Tried tried;
  tried.add(R"({"times":1,"respond":{"error":402}})");
  EXPECT_EQ(tried.answer(), 402);
  tried.space.journal().record({});
  tried.space.add_session(session_of("t"));
  tried.space.change_clock([](Clock& clock) { return clock.advance(1min), true; });

  tried.space.reset({});
  EXPECT_EQ(tried.answer(), 0) << "the rule has had its time";
  tried.space.reset({.counters = true});
  EXPECT_EQ(tried.answer(), 402);
  EXPECT_EQ(tried.space.journal().size(), 1u);
  tried.space.reset({.journal = true});
  EXPECT_EQ(tried.space.journal().size(), 0u);
  EXPECT_EQ(tried.space.clock().offset(), 1min);
  tried.space.reset({.clock = true});
  EXPECT_EQ(tried.space.clock().offset(), 0min);
  EXPECT_EQ(tried.space.count_sessions(), 1u);
  EXPECT_EQ(tried.space.count_rules(), 1u);
}

}  // namespace
}  // namespace vault_mock::spaces
