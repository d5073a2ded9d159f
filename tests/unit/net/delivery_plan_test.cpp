#include "net/delivery_plan.hpp"

#include <gtest/gtest.h>

namespace vault_mock::net {
namespace {

using namespace std::chrono_literals;

const std::string kHead = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
const std::string kAnswer = kHead + "0123456789";

enum class Phase { serving, stopping };

DeliveryPlan plan(const Delivery& delivery, std::string& answer, Phase phase = Phase::serving) {
  answer = kAnswer;
  return plan_of(delivery, Ending::keep, phase == Phase::stopping, answer);
}

TEST(DeliveryPlan, SaysWhatIsSentAndHowItEnds) {
  std::string answer;
  EXPECT_EQ(plan({}, answer).ending, Ending::keep);
  EXPECT_EQ(answer, kAnswer);
  EXPECT_EQ(plan({.fault = Fault::reset}, answer).ending, Ending::reset);
  EXPECT_EQ(answer, "");
  EXPECT_EQ(plan({.fault = Fault::close}, answer).ending, Ending::close);
  EXPECT_EQ(answer, "");
  EXPECT_EQ(plan({.fault = Fault::truncate}, answer).ending, Ending::close);
  EXPECT_EQ(answer, kHead + "01234");
}

TEST(DeliveryPlan, ADripBeginsWithTheHead) {
  std::string answer;
  const auto drip = plan({.fault = Fault::drip, .drip_bytes = 0, .drip_gap = 3ms}, answer);
  EXPECT_EQ(answer, kAnswer);
  EXPECT_EQ(drip.at_once, kHead.size());
  EXPECT_EQ(drip.step, 1U);
  EXPECT_EQ(drip.gap, 3ms);
  EXPECT_EQ(drip.ending, Ending::keep);
}

TEST(DeliveryPlan, AHangWaitsForItsDelayAndItsLimit) {
  std::string answer;
  const auto hang = plan({.delay = 1ms, .fault = Fault::hang, .hang_limit = 2ms}, answer);
  EXPECT_TRUE(hang.hangs);
  EXPECT_EQ(hang.delay, 3ms);
  EXPECT_EQ(hang.ending, Ending::close);
  EXPECT_EQ(answer, "");
}

TEST(DeliveryPlan, KeepsDelaysWithinBounds) {
  std::string answer;
  EXPECT_EQ(plan({.delay = -1s}, answer).delay, 0s);
  EXPECT_EQ(plan({.delay = 1000h}, answer).delay, 24h);
}

TEST(DeliveryPlan, AStopLeavesNoTimeToWait) {
  std::string answer;
  for (const auto fault : {Fault::none, Fault::drip, Fault::hang}) {
    const auto stopped = plan({.delay = 1h, .fault = fault}, answer, Phase::stopping);
    EXPECT_EQ(stopped.delay, 0s);
    EXPECT_EQ(stopped.at_once, std::string::npos);
    EXPECT_FALSE(stopped.hangs);
  }
}

}  // namespace
}  // namespace vault_mock::net
