#include "spaces/journal.hpp"

#include <algorithm>
#include <limits>

namespace vault_mock::spaces {
namespace {

constexpr auto kNewest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void Journal::record(const Entry& entry) {
  auto kept = std::make_shared<KeptEntry>(entry, account_.limit() / 8);
  std::vector<Kept> dropped;  // freed after the lock
  dropped.reserve(4);
  const text::MutexLock lock(mutex_);
  kept->set_sequence(history_.last() + 1);
  append(kept, dropped);
}

void Journal::append(const std::shared_ptr<KeptEntry>& kept, std::vector<Kept>& dropped) {
  const auto bytes = static_cast<std::ptrdiff_t>(kept->bytes());
  if (feed_) feed_->add(kept);
  entries_.push_back(kept);  // what may throw leaves the journal as it was
  try {
    history_.add(kept->entry().status);
  } catch (...) {
    entries_.pop_back();
    throw;
  }
  account_.charge(Part::journal, bytes);
  std::uint64_t beyond_number = 0;
  for (; entries_.size() > bounds_.entries; ++beyond_number) drop_oldest(dropped, &Dropped::by_number);
  if (account_.is_over()) lose_again(dropped);
  const auto before = dropped.size();
  while (entries_.size() > 1 && account_.is_over()) drop_oldest(dropped, &Dropped::by_bytes);
  account_.count_dropped(DropKind::requests, beyond_number, /*notable=*/false);
  account_.count_dropped(DropKind::requests, dropped.size() - before);
}

void Journal::drop_oldest(std::vector<Kept>& dropped, std::uint64_t Dropped::*cause) {
  dropped.push_back(entries_.front());  // may throw, as above
  entries_.pop_front();
  const auto bytes = dropped.back()->bytes();
  account_.charge(Part::journal, -static_cast<std::ptrdiff_t>(bytes));
  ++(dropped_.*cause);
  if (cause == &Dropped::by_number) return;
  if (lost_.first == 0) lost_.first = dropped.back()->entry().sequence;
  lost_.bytes += bytes;
  ++lost_.count;
}

std::vector<Journal::Kept> Journal::before(std::uint64_t sequence) const {
  constexpr std::size_t kMost = 256;
  const text::MutexLock lock(mutex_);
  if (entries_.empty()) return {};
  const auto first = entries_.front()->entry().sequence;
  const auto end = std::min<std::uint64_t>(sequence - std::min(sequence, first), entries_.size());
  const auto begin = end - std::min<std::uint64_t>(end, kMost);
  const auto oldest = entries_.begin();
  std::vector<Kept> some(oldest + static_cast<std::ptrdiff_t>(begin),
                         oldest + static_cast<std::ptrdiff_t>(end));
  std::ranges::reverse(some);
  return some;
}

Journal::Entries Journal::select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const {
  Entries selected;
  if (limit == 0) return selected;
  for (auto some = before(kNewest); !some.empty(); some = before(some.back()->entry().sequence))
    for (auto& kept : some) {
      if (wanted(kept->entry())) selected.push_back(view_of(kept));
      if (selected.size() == limit) return selected;
    }
  return selected;
}

std::shared_ptr<const Entry> Journal::find(std::string_view id) const {
  if (const auto found = select([id](const Entry& entry) { return entry.id == id; }, 1); !found.empty())
    return found.front();
  if (id.size() < kShortId) return nullptr;
  const auto found = select([id](const Entry& entry) { return entry.id.starts_with(id); }, 2);
  const bool is_one = !found.empty() && found.front()->id == found.back()->id;
  return is_one ? found.front() : nullptr;
}

FeedStart Journal::start(std::optional<std::uint64_t> after) const {
  const text::MutexLock lock(mutex_);
  // What a reader has seen may have been cleared while it was away.
  const bool was_cleared = after && clear_.count > 0 && *after <= clear_.last;
  auto start = start_of(history_, was_cleared ? clear_.last : after);
  start.is_of_another_run |= was_cleared && *after > 0;
  start.clears = clear_.count;
  return start;
}

FeedReport Journal::report(std::uint64_t after, std::size_t most) const {
  FeedReport report;
  const text::MutexLock lock(mutex_);
  report.last = history_.last();
  report.totals = history_.totals();
  report.clear = clear_;
  const auto oldest = report.last - entries_.size() + 1;  // in the journal; behind the last where it is empty
  const auto window = window_of(std::max(after + 1, oldest), report.last, most);
  report.newer = history_.after(window.end);
  report.newest.reserve(window.end + 1 - window.first);
  for (auto sequence = window.first; sequence <= window.end; ++sequence) {
    auto entry = view_of(entries_[sequence - oldest]);
    const auto status = entry->status;
    report.newest.push_back({sequence, status, std::move(entry)});
  }
  return report;
}

std::uint64_t Journal::last_sequence() const {
  const text::MutexLock lock(mutex_);
  return history_.last();
}

std::uint64_t Journal::clears() const {
  const text::MutexLock lock(mutex_);
  return clear_.count;
}

std::size_t Journal::size() const {
  const text::MutexLock lock(mutex_);
  return entries_.size();
}

Journal::Dropped Journal::dropped_by_cause() const {
  const text::MutexLock lock(mutex_);
  return dropped_;
}

void Journal::clear() {
  std::deque<Kept> all;  // freed after the lock
  Lost lost;
  const text::MutexLock lock(mutex_);
  all.swap(entries_);
  std::swap(lost, lost_);
  account_.set_used(Part::journal, 0);
  dropped_ = {};
  clear_ = {.count = clear_.count + 1, .last = history_.last(), .totals = history_.totals()};
  if (feed_) feed_->note_change();
}

void Journal::evict_all() {
  std::deque<Kept> all, found;  // freed after the lock
  const text::MutexLock lock(mutex_);
  all.swap(entries_);
  found.swap(lost_.found);
  if (lost_.first == 0 && !all.empty()) lost_.first = all.front()->entry().sequence;
  lost_.bytes += account_.used(Part::journal);
  lost_.count += all.size() + found.size();
  account_.set_used(Part::journal, 0);
  dropped_.evicted += all.size();
  account_.count_dropped(DropKind::requests, all.size());
}

}  // namespace vault_mock::spaces
