#include "redis/used_spaces.hpp"

namespace vault_mock::redis {
namespace {

constexpr std::chrono::seconds kBetween{1};
constexpr std::size_t kMost = 10'000;

}  // namespace

bool UsedSpaces::use(std::string_view space, std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto told = told_.find(space);
  if (told != told_.end()) {
    if (now - told->second < kBetween) return false;
    told->second = now;
    return true;
  }
  if (told_.size() == kMost)
    std::erase_if(told_, [&](const auto& one) { return now - one.second >= kBetween; });
  if (told_.size() == kMost) told_.clear();
  told_.emplace(space, now);
  return true;
}

void UsedSpaces::forget(std::string_view space) {
  const std::lock_guard lock(mutex_);
  if (const auto told = told_.find(space); told != told_.end()) told_.erase(told);
}

}  // namespace vault_mock::redis
