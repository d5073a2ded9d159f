#include "net/delivery_plan.hpp"

#include <algorithm>

#include "net/limits.hpp"
#include "net/request/request_head.hpp"

namespace vault_mock::net {
namespace {

// Where the body begins, or the size of an answer without one.
std::size_t head_size(const std::string& answer) { return std::min(end_of_head(answer, 0), answer.size()); }

}  // namespace

std::chrono::microseconds bounded(std::chrono::microseconds delay) {
  return std::clamp(delay, std::chrono::microseconds(0), kLongestDelay);
}

DeliveryPlan plan_of(const Delivery& delivery, Ending ending, bool stopping, std::string& answer) {
  DeliveryPlan plan;
  plan.ending = ending;
  if (!stopping) plan.delay = bounded(delivery.delay);
  switch (delivery.fault) {
    case Fault::none:
      break;
    case Fault::reset:
      answer.clear();
      plan.ending = Ending::reset;
      break;
    case Fault::close:
      answer.clear();
      plan.ending = Ending::close;
      break;
    case Fault::truncate: {
      const auto head = head_size(answer);
      answer.resize(head + (answer.size() - head) / 2);
      plan.ending = Ending::close;
      break;
    }
    case Fault::drip:
      if (stopping) break;
      plan.at_once = head_size(answer);
      plan.step = std::max<std::size_t>(delivery.drip_bytes, 1);
      plan.gap = bounded(delivery.drip_gap);
      break;
    case Fault::hang:
      answer.clear();
      plan.ending = Ending::close;
      plan.hangs = !stopping;
      if (!stopping) plan.delay = bounded(plan.delay + bounded(delivery.hang_limit));
      break;
  }
  return plan;
}

}  // namespace vault_mock::net
