#include "spaces/clock.hpp"

#include <gtest/gtest.h>

namespace vault_mock::spaces {
namespace {

using namespace std::chrono_literals;

constexpr Time kNoon{12h};

TEST(Clock, FollowsTheWallUntilToldOtherwise) {
  const Clock clock;
  EXPECT_EQ(clock.now(kNoon), kNoon);
  EXPECT_FALSE(clock.is_frozen());
}

TEST(Clock, StandsStillWhenFrozen) {
  Clock clock;
  clock.freeze(kNoon);
  EXPECT_EQ(clock.now(kNoon + 5h), kNoon);
  EXPECT_TRUE(clock.is_frozen());
}

TEST(Clock, RunsBesideTheWallWithAnOffset) {
  Clock clock;
  clock.freeze(kNoon);
  clock.set_offset(-2h);
  EXPECT_FALSE(clock.is_frozen());
  EXPECT_EQ(clock.now(kNoon), kNoon - 2h);
  EXPECT_EQ(clock.now(kNoon + 1h), kNoon - 1h);
}

TEST(Clock, JumpsAndKeepsStandingOrRunning) {
  Clock standing;
  standing.freeze(kNoon);
  standing.advance(1h);
  EXPECT_EQ(standing.now(kNoon + 9h), kNoon + 1h);
  Clock running;
  running.advance(1h);
  running.advance(30min);
  EXPECT_EQ(running.now(kNoon), kNoon + 90min);
}

TEST(Clock, ResumesWithTheWall) {
  Clock clock;
  clock.freeze(kNoon);
  clock.resume();
  EXPECT_EQ(clock.now(kNoon + 3h), kNoon + 3h);
  clock.set_offset(1h);
  clock.resume();
  EXPECT_EQ(clock.now(kNoon), kNoon);
}

}  // namespace
}  // namespace vault_mock::spaces
