// What a reader of all spaces is told of them.
#include "site/admin/space_changes.hpp"

#include <gtest/gtest.h>

#include "spaces/registry.hpp"

namespace vault_mock::site {
namespace {

std::shared_ptr<spaces::Space> space(std::string name) {
  return std::make_shared<spaces::Space>(
      std::move(name),
      spaces::SpaceDefaults{.rules = std::make_shared<rules::RuleBook>(), .secret = "secret"});
}

std::string told(SpaceChanges& changes, const SpaceChanges::Spaces& spaces) {
  std::string events;
  changes.append_events(events, spaces);
  return events;
}

TEST(SpaceChanges, TellOfAnotherSpaceOfAName) {
  auto first = space("a");
  SpaceChanges changes({first}, SpaceChanges::Clears::told);
  EXPECT_EQ(told(changes, {first}), "");
  first = nullptr;  // with nothing left of it
  EXPECT_NE(told(changes, {space("a")}).find("event: reset"), std::string::npos);
}

TEST(SpaceChanges, TellOfAnotherSpaceAtTheFirstLook) {
  auto first = space("a");
  SpaceChanges changes({first}, SpaceChanges::Clears::told);
  first = nullptr;
  EXPECT_NE(told(changes, {space("a")}).find("event: reset"), std::string::npos);
}

TEST(SpaceChanges, TellOfASpaceThatHasComeOnlyWhatHasChanged) {
  SpaceChanges changes({}, SpaceChanges::Clears::told);
  const auto one = space("a");
  EXPECT_EQ(told(changes, {one}), "");
  one->set_seed(1);
  one->add_session(
      {.token = "t", .consumer_id = "", .application_id = "", .issued_at = {}, .expires_at = {}});
  EXPECT_EQ(told(changes, {one}).find("event: reset"), std::string::npos);
  EXPECT_NE(told(changes, {}).find("event: reset"), std::string::npos) << "it has gone";
}

}  // namespace
}  // namespace vault_mock::site
