#include "spaces/journal.hpp"

#include <algorithm>

namespace vault_mock::spaces {
namespace {

std::shared_ptr<const Entry> view_of(std::shared_ptr<const KeptEntry> kept) {
  const auto* entry = &kept->entry();
  return {std::move(kept), entry};
}

}  // namespace

void Journal::record(const Entry& entry) {
  auto kept = std::make_shared<KeptEntry>(entry);
  std::vector<std::shared_ptr<const KeptEntry>> dropped;  // freed after the lock
  dropped.reserve(4);
  const MutexLock lock(mutex_);
  kept->set_sequence(++sequence_);
  bytes_ += kept->bytes();
  entries_.push_back(std::move(kept));
  while (entries_.size() > bounds_.entries || (bytes_ > bounds_.bytes && entries_.size() > 1)) {
    bytes_ -= entries_.front()->bytes();
    dropped.push_back(std::move(entries_.front()));
    entries_.pop_front();
  }
  if (waiting_ > 0) recorded_.notify_all();
}

Journal::Entries Journal::select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const {
  std::vector<std::shared_ptr<const KeptEntry>> all;
  {
    const MutexLock lock(mutex_);
    all.assign(entries_.rbegin(), entries_.rend());
  }
  Entries selected;
  for (auto& kept : all) {
    if (selected.size() == limit) break;
    if (wanted(kept->entry())) selected.push_back(view_of(std::move(kept)));
  }
  return selected;
}

std::shared_ptr<const Entry> Journal::find(std::string_view id) const {
  const MutexLock lock(mutex_);
  const auto found = std::ranges::find_if(entries_, [&](const auto& kept) { return kept->entry().id == id; });
  return found == entries_.end() ? nullptr : view_of(*found);
}

Journal::Entries Journal::wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const {
  const MutexLock lock(mutex_);
  if (sequence_ <= sequence) {
    ++waiting_;
    recorded_.wait_for(mutex_, patience);
    --waiting_;
  }
  Entries found;
  for (const auto& kept : entries_)
    if (kept->entry().sequence > sequence) found.push_back(view_of(kept));
  return found;
}

std::uint64_t Journal::last_sequence() const {
  const MutexLock lock(mutex_);
  return sequence_;
}

void Journal::clear() {
  const MutexLock lock(mutex_);
  entries_.clear();
  bytes_ = 0;
}

}  // namespace vault_mock::spaces
