// The part of a journal that mirrors that of a store.
#include <algorithm>

#include "spaces/journal.hpp"

namespace vault_mock::spaces {
namespace {

constexpr std::uint64_t kHighestNumber = std::uint64_t{1} << 53;  // that a store in Lua can count to

}  // namespace

std::string Journal::mirror(std::uint64_t after, const StoreJournal& part, const EntryReading& reading) {
  if (part.last > kHighestNumber || part.cleared_to > part.last)
    return "the numbers of the journal are not possible";
  std::string wrong;
  auto own_reading = reading;
  own_reading.most_texts = std::min(reading.most_texts, account_.limit() / 8);
  std::vector<std::shared_ptr<KeptEntry>> read;
  read.reserve(part.entries.size());
  auto reached = after;
  for (const auto& [sequence, bytes] : part.entries) {
    if (sequence <= reached) continue;
    if (sequence > part.last) break;
    reached = sequence;
    auto entry = read_entry(bytes, sequence, own_reading);
    if (entry)
      read.push_back(std::move(*entry));
    else if (wrong.empty())
      wrong = "request " + std::to_string(sequence) + ": " + entry.error();
  }
  if (part.entries.empty()) reached = part.last;  // the store has no others

  std::vector<Kept> dropped;  // freed after the lock
  const text::MutexLock lock(mutex_);
  if (part.clears < store_clears_) return wrong;  // it was read before one that came earlier
  if (part.clears > store_clears_) clear_to(part, dropped);
  dropped_.unwritten = part.lost;
  // The lost ones are looked for in their order; those that the store does not have are passed over.
  const auto first_lost = lost_gap().first;
  const bool are_asked_for = lost_.first != 0 && after < first_lost && first_lost <= reached;
  if (are_asked_for && lost_.found.empty())
    lost_.first = std::max(first_lost, read.empty() ? reached + 1 : read.front()->entry().sequence);
  for (const auto& kept : read) {
    const auto sequence = kept->entry().sequence;
    if (sequence <= clear_.last) continue;
    if (sequence <= history_.last()) {
      find_again(kept, dropped);
      continue;
    }
    pass_over_to(sequence - 1, dropped);
    append(kept, dropped);
  }
  pass_over_to(reached, dropped);
  if (are_asked_for && lost_gap().first == first_lost) forget_lost(dropped);
  return wrong;
}

// Clears what the store has cleared, the requests included that were never here.
void Journal::clear_to(const StoreJournal& part, std::vector<Kept>& dropped) {
  const auto to = part.cleared_to;
  if (to > history_.last()) history_.add_unknown(to - history_.last());
  while (!entries_.empty() && entries_.front()->entry().sequence <= to)
    drop_oldest(dropped, &Dropped::by_number);
  forget_lost(dropped);
  dropped_ = {};
  auto totals = history_.totals();
  totals.subtract(history_.after(to));
  clear_ = {.count = clear_.count + (part.clears - store_clears_), .last = to, .totals = std::move(totals)};
  store_clears_ = part.clears;
  if (feed_) feed_->note_change();
}

// Counts requests that are not in the store, or cannot be read, up to that one. The entries have no gaps:
// those before go, too.
void Journal::pass_over_to(std::uint64_t sequence, std::vector<Kept>& dropped) {
  if (sequence <= history_.last()) return;
  const auto missing = sequence - history_.last();
  while (!entries_.empty()) drop_oldest(dropped, &Dropped::by_number);
  forget_lost(dropped);
  history_.add_unknown(missing);
  dropped_.by_number += missing;
  if (feed_) feed_->note_change();
}

void Journal::forget_lost(std::vector<Kept>& dropped) {
  lose_again(dropped);
  lost_ = {};
}

// There is no room for them after all: the next time there must be more, or they would come and go for ever.
void Journal::lose_again(std::vector<Kept>& dropped) {
  for (auto& kept : lost_.found) {
    const auto bytes = kept->bytes();
    account_.charge(Part::journal, -static_cast<std::ptrdiff_t>(bytes));
    lost_.bytes += bytes;
    dropped.push_back(std::move(kept));
  }
  lost_.found.clear();
}

// The requests behind those found again, and before the oldest entry. More than the journal keeps the store
// has not.
Journal::Gap Journal::lost_gap() const {
  if (lost_.first == 0) return {};
  const auto last = history_.last();
  const auto kept = std::min<std::uint64_t>(last, bounds_.entries);
  const auto first = lost_.found.empty() ? std::max({lost_.first, clear_.last + 1, last - kept + 1})
                                         : lost_.found.back()->entry().sequence + 1;
  return {.first = first, .end = entries_.empty() ? last : entries_.front()->entry().sequence - 1};
}

bool Journal::has_room_for(const Gap& gap) const {
  const auto of_each =
      static_cast<double>(lost_.bytes) / static_cast<double>(std::max<std::uint64_t>(lost_.count, 1));
  const auto bytes = of_each * static_cast<double>(gap.end - gap.first + 1);
  const auto& ledger = account_.ledger();
  return static_cast<double>(account_.used()) + bytes <= static_cast<double>(account_.limit()) &&
         static_cast<double>(ledger.used()) + bytes <= static_cast<double>(ledger.limits().program);
}

std::uint64_t Journal::mirrored_to() const {
  const text::MutexLock lock(mutex_);
  const auto gap = lost_gap();
  const bool fills = gap.first <= gap.end && (!lost_.found.empty() || has_room_for(gap));
  return fills ? gap.first - 1 : history_.last();
}

// Takes one that was dropped to save memory. They become entries when the last of them is there.
void Journal::find_again(const Kept& kept, std::vector<Kept>& dropped) {
  const auto gap = lost_gap();
  const auto sequence = kept->entry().sequence;
  if (sequence != gap.first || sequence > gap.end) return;
  lost_.found.push_back(kept);
  account_.charge(Part::journal, static_cast<std::ptrdiff_t>(kept->bytes()));
  if (account_.is_over() || account_.ledger().is_over()) return lose_again(dropped);
  if (sequence < gap.end) return;
  std::uint64_t found = lost_.found.size();
  entries_.insert(entries_.begin(), lost_.found.begin(), lost_.found.end());
  lost_ = {};
  for (auto* const count : {&dropped_.evicted, &dropped_.by_bytes}) {
    const auto back = std::min(*count, found);
    *count -= back;
    found -= back;
  }
  while (entries_.size() > bounds_.entries) drop_oldest(dropped, &Dropped::by_number);
}

void Journal::restart() {
  std::deque<Kept> all;  // freed after the lock
  Lost lost;
  const text::MutexLock lock(mutex_);
  all.swap(entries_);
  std::swap(lost, lost_);
  account_.set_used(Part::journal, 0);
  dropped_ = {};
  // Readers see that it was cleared; and the sum of both numbers, by which they see that something is new
  // (Space::news), is another one.
  clear_ = {.count = clear_.count + history_.last() + 1, .last = 0, .totals = {}};
  history_.restart();
  store_clears_ = 0;
  if (feed_) feed_->note_change();
}

}  // namespace vault_mock::spaces
