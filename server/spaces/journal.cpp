#include "spaces/journal.hpp"

#include <algorithm>

namespace vault_mock::spaces {
namespace {

std::size_t size_of(const Entry::Headers& headers) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : headers)
    bytes += sizeof(std::pair<std::string, std::string>) + name.size() + value.size();
  return bytes;
}

std::size_t size_of(const Entry& entry) {
  return sizeof entry + entry.path.size() + entry.query.size() + size_of(entry.headers) + entry.body.size() +
         size_of(entry.answer_headers) + entry.answer_body.size() + entry.consumer_id.size() +
         entry.app_id.size();
}

}  // namespace

void Journal::record(Entry entry) {
  auto kept = std::make_shared<Entry>(std::move(entry));
  const auto bytes = size_of(*kept);
  std::vector<std::shared_ptr<const Entry>> dropped;  // freed after the lock
  {
    const MutexLock lock(mutex_);
    kept->sequence = ++sequence_;
    entries_.push_back(std::move(kept));
    bytes_ += bytes;
    while (entries_.size() > bounds_.entries || (bytes_ > bounds_.bytes && entries_.size() > 1)) {
      bytes_ -= size_of(*entries_.front());
      dropped.push_back(std::move(entries_.front()));
      entries_.pop_front();
    }
  }
  recorded_.notify_all();
}

Journal::Entries Journal::select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const {
  Entries all;
  {
    const MutexLock lock(mutex_);
    all.assign(entries_.rbegin(), entries_.rend());
  }
  std::erase_if(all, [&](const auto& entry) { return !wanted(*entry); });
  if (all.size() > limit) all.resize(limit);
  return all;
}

std::shared_ptr<const Entry> Journal::find(std::string_view id) const {
  const MutexLock lock(mutex_);
  const auto found = std::ranges::find_if(entries_, [&](const auto& entry) { return entry->id == id; });
  return found == entries_.end() ? nullptr : *found;
}

Journal::Entries Journal::wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const {
  const MutexLock lock(mutex_);
  if (sequence_ <= sequence) recorded_.wait_for(mutex_, patience);
  Entries found;
  for (const auto& entry : entries_)
    if (entry->sequence > sequence) found.push_back(entry);
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
