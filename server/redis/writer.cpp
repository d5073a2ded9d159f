#include "redis/writer.hpp"

#include <algorithm>
#include <utility>

#include "redis/space_keys.hpp"

namespace vault_mock::redis {
namespace {

constexpr std::size_t kMostInBatch = 500;     // entries: the server does nothing else while it writes them
constexpr std::size_t kEntriesOfRequest = 8;  // at most
constexpr std::size_t kMostListeners = 1'000;
constexpr std::size_t kMostLosers = 10'000;  // spaces of which lost requests are counted apart
constexpr std::chrono::milliseconds kPauseAfterRefusal{200};
constexpr int kMostRefusals = 5;  // of one batch: what is wrong with its space does not hold up all others
constexpr std::string_view kDoneAndOvertaken = "LATE";

std::size_t requests_in(const std::vector<spaces::StoreEntry>& entries) {
  return static_cast<std::size_t>(
      std::ranges::count(entries, spaces::StoreEntry::Kind::request, &spaces::StoreEntry::kind));
}

std::string word_of(spaces::StoreEntry::Kind kind) {
  using Kind = spaces::StoreEntry::Kind;
  switch (kind) {
    case Kind::request:
      return "request";
    case Kind::session:
      return "session";
    case Kind::count:
      return "count";
    case Kind::consumer:
      return "consumer";
    case Kind::value:
      return "value";
    case Kind::lost:
      return "lost";
  }
  return {};
}

}  // namespace

Writer::Writer(Client& client, Runner& runner, Bounds bounds, Tell tell,
               std::function<void(const std::string&)> used)
    : client_(client), runner_(runner), bounds_(bounds), tell_(std::move(tell)), used_(std::move(used)) {}

void Writer::append(std::string_view space, std::vector<spaces::StoreEntry> entries) {
  if (entries.empty()) return;
  const auto most = client_.is_connected() ? bounds_.there : bounds_.away;
  const auto requests = requests_in(entries);
  const std::lock_guard lock(mutex_);
  if ((requests > 0 && counts_.requests >= most) || counts_.entries >= kEntriesOfRequest * most) {
    return lose(space, requests);
  }
  counts_.requests += requests;
  counts_.entries += entries.size();
  auto queue = queues_.find(space);
  if (queue == queues_.end()) queue = queues_.emplace(std::string(space), Queue{}).first;
  queue->second.waiting.push_back({++last_, std::move(entries)});
  // Before the answer leaves, nearly always: so what one client asks of two replicas, one after the other,
  // comes in that order.
  if (!queue->second.is_under_way && !std::exchange(is_posted_, true)) client_.post([this] { write(); });
}

// The batch of a run that was lost is the same again, with the same number.
std::vector<std::string> Writer::next_batch(Queue& queue) {
  if (queue.in_batch == 0) {
    queue.batch = ++last_batch_;
    std::size_t entries = 0;
    for (const auto& append : queue.waiting) {
      if (queue.in_batch > 0 && entries + append.entries.size() > kMostInBatch) break;
      entries += append.entries.size();
      ++queue.in_batch;
    }
  }
  std::vector<std::string> arguments{runner_.own_lane("append"), std::to_string(queue.batch), "",
                                     std::to_string(bounds_.journal), std::to_string(bounds_.sessions)};
  for (std::size_t i = 0; i < queue.in_batch; ++i) {
    for (const auto& entry : queue.waiting[i].entries) {
      arguments.push_back(word_of(entry.kind));
      arguments.push_back(entry.key);
      arguments.push_back(entry.text);
    }
  }
  return arguments;
}

void Writer::write() {
  if (!client_.is_connected()) return;
  std::vector<std::pair<std::string, std::vector<std::string>>> batches;
  {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    is_posted_ = false;
    tell_losses();
    for (auto& [space, queue] : queues_) {
      if (queue.is_under_way || queue.not_before > now) continue;
      queue.is_under_way = true;
      batches.emplace_back(space, next_batch(queue));
    }
  }
  for (auto& [space, arguments] : batches) send(space, std::move(arguments));
}

void Writer::tell_losses() {
  for (const auto& [space, requests] : std::exchange(lost_, {})) {
    queues_[space].waiting.push_back(
        {++last_, {{.kind = spaces::StoreEntry::Kind::lost, .key = {}, .text = std::to_string(requests)}}});
    ++counts_.entries;
  }
}

void Writer::send(const std::string& space, std::vector<std::string> arguments) {
  used_(space);
  runner_.send(script_, space_keys(space), arguments,
               [this, space](const Result& result) { sent(space, result); });
}

void Writer::sent(const std::string& space, const Result& result) {
  const bool is_done = result && (!result->is_error() || result->is_error(kDoneAndOvertaken));
  const bool is_refused = result && !is_done;
  bool is_first_refusal = false, is_urgent = false;
  std::vector<std::function<void()>> told;
  {
    const std::lock_guard lock(mutex_);
    const auto at = queues_.find(space);
    if (at == queues_.end()) return;
    auto& queue = at->second;
    queue.is_under_way = false;
    if (is_refused) queue.not_before = std::chrono::steady_clock::now() + kPauseAfterRefusal;
    is_first_refusal = is_refused && !std::exchange(is_refused_, true);
    const bool is_hopeless = is_refused && (result->is_error("WRONGTYPE") || result->is_error("ERR"));
    const bool is_lost = is_hopeless && ++queue.refusals >= kMostRefusals;
    if (is_done) is_refused_ = false;
    if (is_done || is_lost) {
      end_batch(space, queue, is_lost);
      if (queue.waiting.empty()) queues_.erase(at);
      std::erase_if(listeners_, [&](auto& listener) {
        if (!is_written(listener.first)) return false;
        told.push_back(std::move(listener.second));
        return true;
      });
      // Else what comes meanwhile goes with the next tick: the more in a batch, the less work.
      is_urgent = !listeners_.empty() || counts_.entries >= kMostInBatch;
    }
  }
  if (is_first_refusal) tell_(true, "the store takes no requests: " + result->text);
  for (const auto& then : told) then();
  if (is_urgent) write();
}

void Writer::end_batch(std::string_view space, Queue& queue, bool is_lost) {
  std::size_t requests = 0;
  for (; queue.in_batch > 0; --queue.in_batch) {
    requests += requests_in(queue.waiting.front().entries);
    counts_.entries -= queue.waiting.front().entries.size();
    queue.waiting.pop_front();
  }
  counts_.requests -= requests;
  queue.refusals = 0;
  if (is_lost) lose(space, requests);
}

// Counted by spaces, so that whoever reads a journal hears of what is missing in it.
void Writer::lose(std::string_view space, std::size_t requests) {
  counts_.dropped += requests;
  if (requests > 0 && (lost_.size() < kMostLosers || lost_.contains(space)))
    lost_[std::string(space)] += requests;
}

bool Writer::is_written(std::uint64_t number) const {
  return std::ranges::all_of(queues_,
                             [&](const auto& queue) { return queue.second.waiting.front().number > number; });
}

std::uint64_t Writer::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

void Writer::when_written(std::uint64_t number, std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_written(number)) {
      // Those who asked long ago do not wait any more.
      if (listeners_.size() == kMostListeners) listeners_.erase(listeners_.begin());
      listeners_.emplace_back(number, std::move(then));
      return;
    }
  }
  then();
}

Writer::Counts Writer::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace vault_mock::redis
