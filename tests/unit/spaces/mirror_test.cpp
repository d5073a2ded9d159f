#include "spaces/mirror.hpp"

#include <gtest/gtest.h>

namespace vault_mock::spaces {
namespace {

const StoredValue kOne{.version = 1, .text = "one"}, kTwo{.version = 2, .text = "two"};

void take(Mirror& mirror, std::string_view key, const StoredValue& value) {
  ASSERT_TRUE(mirror.is_new(key, value));
  mirror.took_over(key, value);
}

TEST(Mirror, WantsAllAtFirstAndThenWhatIsMarked) {
  Mirror mirror;
  EXPECT_TRUE(mirror.is_stale() && mirror.wanted().all);
  mirror.loaded(mirror.wanted());
  EXPECT_FALSE(mirror.is_stale());
  const std::vector<std::string> keys = {"a", "b"};
  mirror.mark(keys);
  EXPECT_TRUE(mirror.is_stale());
  EXPECT_FALSE(mirror.wanted().all);
  EXPECT_EQ(mirror.wanted().keys, keys);
  const auto wanted = mirror.wanted();
  mirror.mark(std::vector<std::string>{"c"});
  mirror.loaded(wanted);
  EXPECT_TRUE(mirror.is_stale()) << "what was marked meanwhile is not loaded yet";
  for (int i = 0; i < 100; ++i) mirror.mark(std::vector<std::string>{std::to_string(i)});
  EXPECT_TRUE(mirror.wanted().all) << "many are loaded at once";
}

TEST(Mirror, TakesOverNewerVersionsAlone) {
  Mirror mirror;
  take(mirror, "a", kTwo);
  EXPECT_FALSE(mirror.is_new("a", kOne));
  EXPECT_FALSE(mirror.is_new("a", kTwo));
  EXPECT_EQ(mirror.version_of("a"), 2u);
  take(mirror, "a", {.version = 3, .text = {}});
  EXPECT_EQ(mirror.version_of("a"), 0u) << "it was removed";
  EXPECT_FALSE(mirror.is_new("a", kTwo)) << "what was removed does not come back late";
  EXPECT_TRUE(mirror.missing_in({}).empty());
}

TEST(Mirror, ForgetsAVersionAndStillKnowsThatTheMemoryHasTheValue) {
  Mirror mirror;
  take(mirror, "a", kTwo);
  mirror.forget("a");
  EXPECT_EQ(mirror.version_of("a"), 0u);
  EXPECT_TRUE(mirror.is_new("a", kOne));
  EXPECT_EQ(mirror.missing_in({}), std::vector<std::string>{"a"});
}

TEST(Mirror, SeesThatASpaceWasRemovedOrTheStoreWentBack) {
  Mirror mirror;
  const auto begins = [&](StoreVersion version, StoreVersion generation) {
    return mirror.begins_anew({.version = version, .generation = generation}, mirror.wanted());
  };
  EXPECT_FALSE(begins(0, 0)) << "there is no such space yet";
  EXPECT_FALSE(begins(5, 4)) << "this program has made it";
  take(mirror, "a", {.version = 5, .text = "five"});
  EXPECT_FALSE(begins(6, 4));
  EXPECT_TRUE(begins(5, 4)) << "the store was restored";
  EXPECT_EQ(mirror.version_of("a"), 0u);
  EXPECT_TRUE(begins(9, 8)) << "it was removed, and made again";
  EXPECT_TRUE(begins(0, 0)) << "it was removed";

  take(mirror, "a", {.version = 20, .text = "before it heard of a generation"});
  EXPECT_TRUE(begins(0, 0));
}

}  // namespace
}  // namespace vault_mock::spaces
