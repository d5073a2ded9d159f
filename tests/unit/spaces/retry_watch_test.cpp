// Clients that retry by themselves are noticed by when they ask again.
#include "spaces/retry_watch.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace vault_mock::spaces {
namespace {

using std::chrono::milliseconds;

class RetryWatches : public testing::Test {
 protected:
  // Asks again after that pause; whether this one is told.
  bool after(milliseconds pause, bool is_from_sdk = true, std::size_t consumer = 1, std::size_t request = 1) {
    now_ += pause;
    const auto told = watch_.note({consumer, request, is_from_sdk, now_, now_});
    if (told) told_ = *told;
    return told.has_value();
  }

  RetryWatch watch_;
  RetryWatch::Retries told_;
  Time now_{std::chrono::seconds(1'800'000'000)};
};

// As the SDK waits behind its n-th request, with `chance` of the second that is left to it.
milliseconds pause_of_sdk(int requests, double chance) {
  return milliseconds(std::lround(500 * std::pow(requests - 1, 1.5) + 1000 * chance));
}

TEST_F(RetryWatches, TellOfTheThirdRequestOfTheSdkOnceForAConsumer) {
  EXPECT_FALSE(after(milliseconds(0)));
  EXPECT_FALSE(after(milliseconds(20)));
  EXPECT_TRUE(after(milliseconds(500)));
  EXPECT_EQ(told_.requests, 3);
  EXPECT_EQ(told_.within, milliseconds(520));
  for (int requests = 3; requests < 20; ++requests)
    EXPECT_FALSE(after(pause_of_sdk(requests, 1))) << "it is told once";
  EXPECT_FALSE(after(milliseconds(0), true, 1, 2));
  EXPECT_FALSE(after(milliseconds(500), true, 1, 2));
  EXPECT_FALSE(after(milliseconds(900), true, 1, 2)) << "of another request of that consumer, too";
  EXPECT_FALSE(after(milliseconds(0), true, 2));
  EXPECT_FALSE(after(milliseconds(500), true, 2));
  EXPECT_TRUE(after(milliseconds(900), true, 2)) << "another consumer may be another program";
}

TEST_F(RetryWatches, KnowTheSdkByItsPausesAlone) {
  for (const double chance : {0.0, 0.5, 1.0}) {
    watch_.forget_all();
    EXPECT_FALSE(after(std::chrono::hours(1), false));
    for (int requests = 1; requests < 4; ++requests)
      EXPECT_FALSE(after(pause_of_sdk(requests, chance), false));
    EXPECT_TRUE(after(pause_of_sdk(4, chance), false)) << chance;
    EXPECT_EQ(told_.requests, 5);
  }
}

TEST_F(RetryWatches, LeaveOutWhoAsksAtOtherTimes) {
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(after(milliseconds(10))) << "a loop of a test";
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(after(std::chrono::seconds(2), false)) << "polling";
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(after(std::chrono::seconds(30))) << "somebody who tries again";
}

TEST_F(RetryWatches, TellRequestsThatAreNotAlikeApart) {
  for (std::size_t request = 0; request < 10; ++request)
    EXPECT_FALSE(after(milliseconds(500), true, 1, request));
  for (std::size_t consumer = 0; consumer < 10; ++consumer)
    EXPECT_FALSE(after(milliseconds(500), true, consumer, 1));
}

TEST_F(RetryWatches, MeasureFromTheAnswerWhichMayBeLate) {
  const auto ask = [&](milliseconds pause) {
    now_ += pause;
    const auto asked = now_;
    now_ += std::chrono::seconds(10);
    return watch_.note({1, 1, true, asked, now_}).has_value();
  };
  EXPECT_FALSE(ask(milliseconds(0)));
  EXPECT_FALSE(ask(milliseconds(100)));
  EXPECT_TRUE(ask(milliseconds(600)));
}

TEST_F(RetryWatches, ForgetTheOldestOfMany) {
  EXPECT_FALSE(after(milliseconds(0)));
  EXPECT_FALSE(after(milliseconds(100)));
  for (std::size_t request = 2; request < 34; ++request) after(milliseconds(1), false, 1, request);
  EXPECT_FALSE(after(milliseconds(500))) << "it begins anew";
  EXPECT_FALSE(after(milliseconds(100)));
  EXPECT_TRUE(after(milliseconds(600)));
}

}  // namespace
}  // namespace vault_mock::spaces
