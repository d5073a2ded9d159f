#include "spaces/registry.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>
#include <thread>

#include "rules/language/rule_file.hpp"
#include "unit/spaces/tried.hpp"

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kMany = 1000;

TEST(Registry, MakesASpaceOnFirstUseAndKeepsIt) {
  Registry registry(tried_defaults(), kMany);
  const auto a = registry.get("a");
  EXPECT_EQ(a->name(), "a");
  EXPECT_EQ(registry.get("a"), a);
  EXPECT_NE(registry.get("b"), a);
  EXPECT_EQ(registry.get("default"), registry.default_space());
}

TEST(Registry, GivesEverySpaceASecretOfItsOwn) {
  Registry registry(tried_defaults(), kMany);
  EXPECT_EQ(registry.default_space()->secret(), "secret");
  EXPECT_NE(registry.get("a")->secret(), "secret");
  EXPECT_NE(registry.get("a")->secret(), registry.get("b")->secret());
  EXPECT_EQ(registry.get("a")->secret(), Registry(tried_defaults(), kMany).get("a")->secret())
      << "so that restarts and replicas agree";
}

TEST(Registry, StartsEverySpaceAtTheSameTime) {
  auto frozen = tried_defaults();
  frozen.clock.freeze(Time(std::chrono::hours(1)));
  Registry registry(frozen, kMany);
  EXPECT_EQ(registry.get("a")->now(Time{}), Time(std::chrono::hours(1)));
}

TEST(Registry, GivesEverySpaceAStreamOfChanceOfItsOwn) {
  Registry registry(tried_defaults(), kMany);
  EXPECT_EQ(registry.default_space()->seed(), 1U) << "as the command line said";
  EXPECT_NE(registry.get("a")->seed(), registry.get("b")->seed());
  EXPECT_LT(registry.get("a")->seed(), std::uint64_t{1} << 53) << "JavaScript reads it exactly";
  EXPECT_EQ(registry.get("a")->seed(), Registry(tried_defaults(), kMany).get("a")->seed())
      << "runs of one seed agree";
  EXPECT_NE(registry.get("a")->begin({}).generator.next(), registry.get("b")->begin({}).generator.next());
  EXPECT_NE(registry.get("a")->begin({}).generator.next(), registry.get("a")->begin({}).generator.next())
      << "each request has its own";
}

TEST(Registry, GivesNewRulesToTheSpacesThatAreThereAndThoseToCome) {
  Registry registry(tried_defaults(), kMany);
  const auto a = registry.get("a");
  const auto rules = std::make_shared<const rules::RuleBook>();
  registry.set_rules(rules);
  EXPECT_EQ(a->rules(), rules);
  EXPECT_EQ(registry.default_space()->rules(), rules);
  EXPECT_EQ(registry.get("later")->rules(), rules);
  EXPECT_EQ(registry.rules(), rules);
}

// Of the named ones.
std::vector<std::string> names(const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& space : registry.all())
    if (space != registry.default_space()) names.push_back(space->name());
  return names;
}

TEST(Registry, DropsTheLeastRecentlyUsedOfTooManyButNoneThatSomebodyHolds) {
  Registry registry(tried_defaults(), 2);
  const auto held = registry.get("held");
  registry.get("a");
  registry.get("b");
  registry.get("c");
  EXPECT_EQ(names(registry), (std::vector<std::string>{"c", "held"}));
  EXPECT_EQ(registry.get("held"), held);
}

TEST(Registry, RemovesASpaceByName) {
  Registry registry(tried_defaults(), kMany);
  const auto a = registry.get("a");
  EXPECT_TRUE(registry.remove("a"));
  EXPECT_FALSE(registry.remove("a"));
  EXPECT_FALSE(registry.remove("default"));
  EXPECT_NE(registry.get("a"), a);
}

TEST(Registry, GivesManyThreadsTheSameSpace) {
  Registry registry(tried_defaults(), kMany);
  std::vector<std::shared_ptr<Space>> seen(8);
  std::vector<std::thread> threads;
  for (auto& mine : seen)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) registry.get("space-" + std::to_string(i));
      mine = registry.get("one");
    });
  for (auto& thread : threads) thread.join();
  for (const auto& space : seen) EXPECT_EQ(space, seen.front());
}

void add_rule(Space& space) {
  auto rule = rules::rule_from_text(R"({"respond":{"error":402}})", "x", {});
  ASSERT_EQ(space.add_rule({space.new_rule_id(), rule->rule}), RuleChangeResult::done);
}

TEST(Registry, FindsWithoutMakingAndLendsWhatPasses) {
  Registry registry(tried_defaults(), kMany);
  EXPECT_EQ(registry.find("a"), nullptr);
  EXPECT_EQ(registry.passing_space("a")->name(), "a");
  EXPECT_EQ(registry.passing_space("a")->secret(), registry.get("a")->secret());
  EXPECT_EQ(registry.find("a"), registry.get("a"));
  EXPECT_EQ(registry.find("default"), registry.default_space());
  EXPECT_EQ(names(registry), std::vector<std::string>{"a"});
}

TEST(Registry, KeepsASpaceWithRulesLongerThanManyWithout) {
  Registry registry(tried_defaults(), 10);
  add_rule(*registry.get("mine"));
  for (int i = 0; i < 30; ++i) registry.get("foreign-" + std::to_string(i));
  EXPECT_EQ(registry.get("mine")->count_rules(), 1u);
  EXPECT_EQ(registry.ledger().dropped(DropKind::spaces), 21u);
}

TEST(Registry, KeepsASpaceWithAMovedClockOrASeedOfItsOwnLikewise) {
  Registry registry(tried_defaults(), 10);
  registry.get("clock")->change_clock(
      [](Clock& clock) { return clock.freeze(Time(std::chrono::hours(1))), true; });
  registry.get("seed")->set_seed(7);
  const auto back = registry.get("back");
  back->change_clock([](Clock& clock) { return clock.advance(std::chrono::hours(1)), true; });
  EXPECT_TRUE(back->is_worth_keeping());
  back->reset({.clock = true});
  EXPECT_FALSE(back->is_worth_keeping());
  for (int i = 0; i < 20; ++i) registry.get("foreign-" + std::to_string(i));
  EXPECT_TRUE(registry.get("clock")->clock().is_frozen());
  EXPECT_EQ(registry.get("seed")->seed(), 7u);
  EXPECT_TRUE(registry.needs_housekeeping()) << "that others went is told";
}

TEST(Registry, DropsOldSpacesWithRulesBeforeNewOnesWithout) {
  Registry registry(tried_defaults(), 10);
  for (int i = 0; i < 10; ++i) add_rule(*registry.get("old-" + std::to_string(i)));
  registry.get("new-1");
  registry.get("new-2");
  const auto known = names(registry);
  EXPECT_EQ(std::ranges::count(known, "new-1"), 1);
  EXPECT_EQ(std::ranges::count(known, "new-2"), 1);
  EXPECT_EQ(known.size(), 10u);
}

TEST(Registry, RemembersHowMuchADroppedSpaceHadInItsJournal) {
  Registry registry(tried_defaults(), 1);
  for (int i = 0; i < 7; ++i) registry.get("a")->journal().record({});
  registry.get("b");
  EXPECT_EQ(registry.passing_space("a")->journal().dropped(), 7u);
  EXPECT_EQ(registry.get("a")->journal().dropped(), 7u);
  registry.get("a")->journal().clear();
  EXPECT_EQ(registry.get("a")->journal().dropped(), 0u);
  registry.get("b");
  EXPECT_EQ(registry.get("a")->journal().dropped(), 0u) << "nothing of it is missed";
  registry.get("a")->journal().record({});
  EXPECT_TRUE(registry.remove("a"));
  EXPECT_EQ(registry.get("a")->journal().dropped(), 0u) << "it was to be forgotten";
}

TEST(Registry, ChargesWhatItRemembersOfDroppedSpacesAndBoundsIt) {
  auto limited = tried_defaults();
  limited.ledger = std::make_shared<Ledger>(MemoryLimits{.space = 1'000'000, .program = 1'000'000});
  Registry registry(limited, 1);
  const auto drop = [&registry](int i) { registry.get("space-" + std::to_string(i))->journal().record({}); };
  for (int i = 0; i < 2'000; ++i) drop(i);
  registry.get("last-0000");
  const auto used = registry.ledger().used();
  for (int i = 2'000; i < 4'000; ++i) drop(i);
  registry.get("last-0001");
  EXPECT_EQ(registry.ledger().used(), used);
  EXPECT_EQ(registry.passing_space("space-3999")->journal().dropped(), 1u);
  EXPECT_EQ(registry.passing_space("space-0")->journal().dropped(), 0u) << "forgotten";
  registry.remove("last-0001");
  EXPECT_GT(registry.ledger().used(), registry.default_space()->account().used());
  EXPECT_LE(registry.ledger().used(), registry.default_space()->account().used() + 1'000'000 / 32);
}

TEST(Registry, KeepsAllSpacesTogetherWithinTheProgramsMemory) {
  auto limited = tried_defaults();
  limited.ledger = std::make_shared<Ledger>(MemoryLimits{.space = 1'000'000, .program = 3'000'000});
  Registry registry(limited, kMany);
  const std::string body(10'000, 'x');
  std::vector<std::string> said;
  for (int i = 0; i < 500; ++i) {
    Entry entry;
    entry.body = body;
    for (int n = 0; n < 3; ++n) registry.get("space-" + std::to_string(i))->journal().record(entry);
    if (registry.needs_housekeeping())
      for (auto& line : registry.do_housekeeping()) said.push_back(std::move(line));
    ASSERT_LE(registry.ledger().used(), 3'000'000u);
  }
  EXPECT_EQ(registry.find("space-499")->journal().size(), 3u) << "those used last keep theirs";
  EXPECT_EQ(registry.find("space-300")->journal().size(), 0u);
  EXPECT_EQ(registry.find("space-300")->journal().dropped(), 3u);
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.front().find("--memory"), std::string::npos);
  EXPECT_LE(said.size(), 8u) << "each kind for the 1st, the 10th, the 100th time";
}

TEST(Registry, TakesMemoryFirstFromSpacesAboveTheirOwnLimit) {
  struct Long final : Explanation {
    nlohmann::ordered_json to_json(const Entry&) const override { return {}; }
    std::string sentence(const Entry&) const override { return ""; }
    std::string data() const override { return ""; }
    std::size_t bytes() const override { return 2'000'000; }
  };
  auto limited = tried_defaults();
  limited.ledger = std::make_shared<Ledger>(MemoryLimits{.space = 1'000'000, .program = 2'000'000});
  Registry registry(limited, kMany);
  const std::string body(50'000, 'x');
  Entry entry;
  entry.body = body;
  registry.get("innocent")->journal().record(entry);
  entry.explanation = std::make_shared<Long>();
  registry.get("greedy")->journal().record(entry);
  ASSERT_TRUE(registry.needs_housekeeping());
  registry.do_housekeeping();
  EXPECT_EQ(registry.find("greedy")->journal().size(), 0u);
  EXPECT_EQ(registry.find("innocent")->journal().size(), 1u);
}

// Whoever comes while another tends goes on, and the next one finds what is left to do.
TEST(Registry, IsTendedByOneThreadAtATime) {
  auto limited = tried_defaults();
  limited.ledger = std::make_shared<Ledger>(MemoryLimits{.space = 1'000'000, .program = 2'000'000});
  Registry registry(limited, kMany);
  const std::string body(10'000, 'x');
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      Entry entry;
      entry.body = body;
      for (int i = 0; i < 200; ++i) {
        registry.get(std::to_string(t) + "-" + std::to_string(i))->journal().record(entry);
        if (registry.needs_housekeeping()) registry.do_housekeeping();
      }
    });
  for (auto& thread : threads) thread.join();
  if (registry.needs_housekeeping()) registry.do_housekeeping();
  EXPECT_LE(registry.ledger().used(), 2'000'000u);
}

TEST(Registry, GivesBackTheMemoryOfSpacesThatAreGone) {
  Registry registry(tried_defaults(), kMany);
  const auto before = registry.ledger().used();
  for (int i = 0; i < 100; ++i) {
    const auto space = registry.get(std::to_string(i));
    space->journal().record({});
    space->add_session(
        {.token = "t", .consumer_id = "c", .application_id = "a", .issued_at = {}, .expires_at = {}});
    add_rule(*space);
  }
  EXPECT_GT(registry.ledger().used(), before);
  EXPECT_GT(registry.ledger().pinned(), 0u);
  for (int i = 0; i < 100; ++i) registry.remove(std::to_string(i));
  EXPECT_EQ(registry.ledger().used(), before);
  EXPECT_EQ(registry.ledger().pinned(), 0u);
}

TEST(Registry, DropsSpacesWhenTheyAloneAreTooMuch) {
  auto limited = tried_defaults();
  limited.ledger = std::make_shared<Ledger>(MemoryLimits{.space = 100'000, .program = 100'000});
  Registry registry(limited, kMany);
  std::vector<std::string> said;
  for (int i = 0; i < 500; ++i) {
    registry.get(std::to_string(i));
    if (registry.needs_housekeeping())
      std::ranges::move(registry.do_housekeeping(), std::back_inserter(said));
  }
  EXPECT_EQ(registry.ledger().dropped(DropKind::spaces), 0u) << "that is for the number";
  EXPECT_GT(registry.ledger().dropped(DropKind::spaces_for_memory), 0u);
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.front().find("See --memory ("), std::string::npos) << said.front();
  EXPECT_LE(registry.ledger().used(), 100'000u);
  EXPECT_NE(registry.find("499"), nullptr);
  EXPECT_EQ(registry.find("0"), nullptr);
}

}  // namespace
}  // namespace vault_mock::spaces
