#include "spaces/registry.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kMany = 1000;

Beginning beginning() {
  return {.rules = std::make_shared<rules::RuleBook>(),
          .secret = "secret",
          .seed = 1,
          .clock = {},
          .journal = {}};
}

TEST(Registry, MakesASpaceOnFirstUseAndKeepsIt) {
  Registry registry(beginning(), kMany);
  const auto a = registry.get("a");
  EXPECT_EQ(a->name(), "a");
  EXPECT_EQ(registry.get("a"), a);
  EXPECT_NE(registry.get("b"), a);
  EXPECT_EQ(registry.get("default"), registry.default_space());
}

TEST(Registry, GivesEverySpaceASecretOfItsOwn) {
  Registry registry(beginning(), kMany);
  EXPECT_EQ(registry.default_space()->secret(), "secret");
  EXPECT_NE(registry.get("a")->secret(), "secret");
  EXPECT_NE(registry.get("a")->secret(), registry.get("b")->secret());
  EXPECT_EQ(registry.get("a")->secret(), Registry(beginning(), kMany).get("a")->secret())
      << "so that restarts and replicas agree";
}

TEST(Registry, StartsEverySpaceAtTheSameTime) {
  auto frozen = beginning();
  frozen.clock.freeze(Time(std::chrono::hours(1)));
  Registry registry(frozen, kMany);
  EXPECT_EQ(registry.get("a")->now(Time{}), Time(std::chrono::hours(1)));
}

TEST(Registry, GivesEverySpaceAStreamOfChanceOfItsOwn) {
  Registry registry(beginning(), kMany);
  EXPECT_EQ(registry.default_space()->seed(), 1U) << "as the command line said";
  EXPECT_NE(registry.get("a")->seed(), registry.get("b")->seed());
  EXPECT_LT(registry.get("a")->seed(), std::uint64_t{1} << 53) << "JavaScript reads it exactly";
  EXPECT_EQ(registry.get("a")->seed(), Registry(beginning(), kMany).get("a")->seed())
      << "runs of one seed agree";
  EXPECT_NE(registry.get("a")->next_generator().next(), registry.get("b")->next_generator().next());
  EXPECT_NE(registry.get("a")->next_generator().next(), registry.get("a")->next_generator().next())
      << "each request has its own";
}

TEST(Registry, GivesNewRulesToTheSpacesThatAreThereAndThoseToCome) {
  Registry registry(beginning(), kMany);
  const auto a = registry.get("a");
  const auto rules = std::make_shared<const rules::RuleBook>();
  registry.set_rules(rules);
  EXPECT_EQ(a->rules(), rules);
  EXPECT_EQ(registry.default_space()->rules(), rules);
  EXPECT_EQ(registry.get("later")->rules(), rules);
  EXPECT_EQ(registry.rules(), rules);
}

TEST(Registry, DropsTheLongestUnusedOfTooManyButNoneThatSomebodyHolds) {
  Registry registry(beginning(), 2);
  const auto held = registry.get("held");
  registry.get("a");
  registry.get("b");
  registry.get("c");
  std::vector<std::string> names;
  for (const auto& space : registry.named()) names.push_back(space->name());
  EXPECT_EQ(names, (std::vector<std::string>{"c", "held"}));
  EXPECT_EQ(registry.get("held"), held);
}

TEST(Registry, RemovesASpaceByName) {
  Registry registry(beginning(), kMany);
  const auto a = registry.get("a");
  EXPECT_TRUE(registry.remove("a"));
  EXPECT_FALSE(registry.remove("a"));
  EXPECT_FALSE(registry.remove("default"));
  EXPECT_NE(registry.get("a"), a);
}

TEST(Registry, GivesManyThreadsTheSameSpace) {
  Registry registry(beginning(), kMany);
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

TEST(SpaceName, IsUpToAHundredLettersDigitsAndSomeMarks) {
  for (const auto* name : {"a", "checkout-test-17", "A.b_c-d:9", "default"})
    EXPECT_TRUE(is_space_name(name)) << name;
  EXPECT_TRUE(is_space_name(std::string(100, 'a')));
  for (const auto* name : {"", "a b", "a/b", "a%20b", "é", "@a", "a\n"})
    EXPECT_FALSE(is_space_name(name)) << name;
  EXPECT_FALSE(is_space_name(std::string(101, 'a')));
}

}  // namespace
}  // namespace vault_mock::spaces
