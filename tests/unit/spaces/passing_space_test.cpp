// A space that the registry does not keep until something is left in it.
#include <gtest/gtest.h>
#include <string>

#include "spaces/registry.hpp"
#include "unit/spaces/tried.hpp"

namespace vault_mock::spaces {
namespace {

TEST(PassingSpace, IsKeptUnlessThereIsOneOfItsName) {
  Registry registry(tried_defaults(), 2);
  const auto passing = registry.passing_space("a");
  EXPECT_TRUE(passing->is_as_new());
  passing->set_seed(7);
  EXPECT_FALSE(passing->is_as_new());
  EXPECT_TRUE(registry.keep(passing));
  EXPECT_EQ(registry.find("a"), passing);
  EXPECT_FALSE(registry.keep(registry.passing_space("a")));
  EXPECT_FALSE(registry.keep(registry.passing_space("default")));
  for (const std::string name : {"b", "c"}) EXPECT_TRUE(registry.keep(registry.passing_space(name)));
  EXPECT_EQ(registry.all().size(), 3u) << "one had to make room";
}

TEST(PassingSpace, IsKeptWithTheRulesThatTheFilesHaveByThen) {
  Registry registry(tried_defaults(), 2);
  const auto passing = registry.passing_space("a");
  const auto rules = std::make_shared<const rules::RuleBook>();
  registry.set_rules(rules);
  ASSERT_TRUE(registry.keep(passing));
  EXPECT_EQ(passing->file_rules(), rules);
}

TEST(PassingSpace, HasChangedWhenItForgetsWhatAnEarlierOneDropped) {
  Registry registry(tried_defaults(), 1);
  registry.get("a")->journal().record({});
  registry.get("b");
  const auto passing = registry.passing_space("a");
  EXPECT_TRUE(passing->is_as_new());
  passing->journal().clear();
  EXPECT_FALSE(passing->is_as_new());
}

}  // namespace
}  // namespace vault_mock::spaces
