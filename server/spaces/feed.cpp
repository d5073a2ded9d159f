#include "spaces/feed.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace vault_mock::spaces {

FeedWindow window_of(std::uint64_t begin, std::uint64_t last, std::size_t most) {
  constexpr std::uint64_t kRoundest = 256, kManyMore = 4;
  if (begin > last || most == 0) return {.first = last + 1, .end = last};
  const auto available = last - begin + 1;
  auto end = last;
  if (available / kManyMore > most) end -= last % std::min(kRoundest, std::bit_floor(available / kManyMore));
  return {.first = end - std::min<std::uint64_t>(most, end - begin + 1) + 1, .end = end};
}

FeedStart start_of(const StatusHistory& history, std::optional<std::uint64_t> after) {
  const bool is_of_another_run = after && *after > history.last();
  const auto begin = is_of_another_run ? 0 : after.value_or(history.last());
  return {.after = begin,
          .is_of_another_run = is_of_another_run,
          .pending = history.after(begin),
          .totals = history.totals(),
          .clears = 0};
}

void Feed::add(const std::shared_ptr<KeptEntry>& entry) {
  Slot slot{entry, entry->entry().status};  // the one it replaces is freed after the lock
  const text::MutexLock lock(mutex_);
  history_.add(slot.status);
  entry->set_program_sequence(history_.last());
  std::swap(slots_[history_.last() % kKept], slot);
}

std::uint64_t Feed::news() const {
  const text::MutexLock lock(mutex_);
  return history_.last() + changes_.load(std::memory_order_relaxed);
}

FeedStart Feed::start(std::optional<std::uint64_t> after) const {
  const text::MutexLock lock(mutex_);
  return start_of(history_, after);
}

FeedReport Feed::report(std::uint64_t after, std::size_t most) const {
  FeedReport report;
  const text::MutexLock lock(mutex_);
  report.last = history_.last();
  report.totals = history_.totals();
  const auto oldest = report.last - std::min<std::uint64_t>(report.last, kKept) + 1;
  const auto window = window_of(std::max(after + 1, oldest), report.last, most);
  report.newer = history_.after(window.end);
  report.newest.reserve(window.end + 1 - window.first);
  for (auto number = window.first; number <= window.end; ++number) {
    const auto& slot = slots_[number % kKept];
    report.newest.push_back({number, slot.status, view_of(slot.entry.lock())});
  }
  return report;
}

}  // namespace vault_mock::spaces
