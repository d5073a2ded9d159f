#include "spaces/retry_watch.hpp"

#include <algorithm>
#include <cmath>

namespace vault_mock::spaces {
namespace {

constexpr int kEnoughFromSdk = 3, kEnough = 5;
// What timers and a slow machine may add to a pause, or take from it.
constexpr std::chrono::milliseconds kEarly{50}, kLate{500};

// Whether the SDK would wait so long behind that many requests.
bool is_on_schedule(std::chrono::milliseconds pause, int requests) {
  const std::chrono::milliseconds least(std::lround(500 * std::pow(requests - 1, 1.5)));
  return pause >= least - kEarly && pause <= least + std::chrono::seconds(1) + kLate;
}

}  // namespace

RetryWatch::Streak& RetryWatch::streak_of(const Failed& failed) {
  const auto is_same = [&](const Streak& streak) {
    return streak.requests > 0 && streak.consumer == failed.consumer && streak.request == failed.request;
  };
  const auto known = std::ranges::find_if(streaks_, is_same);
  return known != streaks_.end() ? *known : *std::ranges::min_element(streaks_, {}, &Streak::last);
}

bool RetryWatch::has_told(std::size_t consumer) const {
  const auto known = std::min(tellings_, told_.size());
  return std::find(told_.begin(), told_.begin() + static_cast<std::ptrdiff_t>(known), consumer) !=
         told_.begin() + static_cast<std::ptrdiff_t>(known);
}

std::optional<RetryWatch::Retries> RetryWatch::note(const Failed& failed) {
  auto& streak = streak_of(failed);
  const bool goes_on = streak.requests > 0 && streak.consumer == failed.consumer &&
                       streak.request == failed.request &&
                       is_on_schedule(failed.asked - streak.last, streak.requests);
  if (goes_on)
    ++streak.requests;
  else
    streak = {.consumer = failed.consumer, .request = failed.request, .requests = 1, .first = failed.asked};
  streak.last = failed.answered;
  if (streak.requests < (failed.is_from_sdk ? kEnoughFromSdk : kEnough) || has_told(failed.consumer))
    return std::nullopt;
  told_[tellings_++ % told_.size()] = failed.consumer;
  return Retries{streak.requests, failed.asked - streak.first};
}

}  // namespace vault_mock::spaces
