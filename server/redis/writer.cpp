#include "redis/writer.hpp"

#include <algorithm>
#include <utility>

#include "redis/space_keys.hpp"

namespace vault_mock::redis {
namespace {

constexpr std::size_t kMostInBatch = 500;  // entries: the server does nothing else while it writes them
constexpr std::size_t kMostBytesInBatch = std::size_t{1} << 20;  // and one append
constexpr std::size_t kMostBytesUnderWay = std::size_t{4} << 20;
constexpr std::size_t kBytesOfEntry = 64;     // beside its texts
constexpr std::size_t kEntriesOfRequest = 8;  // at most
constexpr std::size_t kMostListeners = 1'000;
constexpr std::size_t kMostLosers = 10'000;  // spaces of which lost requests are counted apart
constexpr std::chrono::milliseconds kPauseAfterRefusal{200}, kPauseAfterLoss{20};
constexpr int kMostRefusals = 5;  // of one batch: what is wrong with its space does not hold up all others
constexpr std::string_view kDoneAndOvertaken = "LATE";

std::size_t requests_in(const std::vector<spaces::StoreEntry>& entries) {
  return static_cast<std::size_t>(
      std::ranges::count(entries, spaces::StoreEntry::Kind::request, &spaces::StoreEntry::kind));
}

std::size_t bytes_of(const std::vector<spaces::StoreEntry>& entries) {
  std::size_t bytes = 0;
  for (const auto& entry : entries) bytes += kBytesOfEntry + entry.key.size() + entry.text.size();
  return bytes;
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
  const auto bytes = bytes_of(entries);
  const std::lock_guard lock(mutex_);
  if ((requests > 0 && counts_.requests >= most) || counts_.entries >= kEntriesOfRequest * most ||
      bytes_ + bytes > bounds_.bytes) {
    return lose(space, requests);
  }
  auto queue = queues_.find(space);
  if (queue == queues_.end()) queue = queues_.emplace(std::string(space), Queue{}).first;
  put(queue->second, std::move(entries), bytes);
  counts_.requests += requests;
  // Before the answer leaves, nearly always: so what one client asks of two replicas, one after the other,
  // comes in that order.
  if (!queue->second.is_under_way && !std::exchange(is_posted_, true)) client_.post([this] { write(); });
}

void Writer::put(Queue& queue, std::vector<spaces::StoreEntry> entries, std::size_t bytes) {
  const auto count = entries.size();
  queue.waiting.push_back({++last_, std::move(entries), bytes});
  counts_.entries += count;
  bytes_ += bytes;
}

// The batch of a run that was lost is the same again, with the same number.
std::vector<std::string> Writer::command_of(const std::string& space, Queue& queue) {
  if (queue.in_batch == 0) {
    queue.batch = ++last_batch_;
    std::size_t entries = 0;
    queue.batch_bytes = 0;
    for (const auto& append : queue.waiting) {
      const bool is_full = entries + append.entries.size() > kMostInBatch ||
                           queue.batch_bytes + append.bytes > kMostBytesInBatch;
      if (queue.in_batch > 0 && is_full) break;
      entries += append.entries.size();
      queue.batch_bytes += append.bytes;
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
  const auto keys = space_keys(space);
  return queue.is_script_unknown ? script_.whole(keys, std::move(arguments))
                                 : script_.by_hash(keys, std::move(arguments));
}

// Of the first space behind the last one that has something to write: each has its turn.
std::optional<Writer::Batch> Writer::next_batch(std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (bytes_under_way_ >= kMostBytesUnderWay) return std::nullopt;
  auto at = queues_.upper_bound(last_space_);
  for (std::size_t seen = 0; seen < queues_.size(); ++seen, ++at) {
    if (at == queues_.end()) at = queues_.begin();
    auto& [space, queue] = *at;
    if (queue.is_under_way || queue.not_before > now || queue.waiting.empty()) continue;
    Batch batch{space, command_of(space, queue)};
    last_space_ = space;
    queue.is_under_way = true;
    bytes_under_way_ += queue.batch_bytes;
    return batch;
  }
  return std::nullopt;
}

void Writer::end_way(Queue& queue) {
  if (std::exchange(queue.is_under_way, false)) bytes_under_way_ -= queue.batch_bytes;
}

void Writer::write() {
  if (!client_.is_connected()) return;
  {
    const std::lock_guard lock(mutex_);
    is_posted_ = false;
    tell_losses();
  }
  const auto now = std::chrono::steady_clock::now();
  while (auto batch = next_batch(now)) send(*std::move(batch));
}

void Writer::tell_losses() {
  for (const auto& [space, requests] : std::exchange(lost_, {}))
    put(queues_[space],
        {{.kind = spaces::StoreEntry::Kind::lost, .key = {}, .text = std::to_string(requests)}}, 0);
}

// It ends by its reply, or with its connection: given up earlier, it would be sent again while it still waits
// to be sent.
void Writer::send(Batch batch) {
  const auto& space = batch.space;
  try {
    used_(space);
    client_.send(
        space_key(space, SpacePart::meta), std::move(batch.command),
        [this, space](const Result& result) { sent(space, result); }, Patience::connection);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (const auto at = queues_.find(space); at != queues_.end()) end_way(at->second);
    throw;
  }
}

void Writer::sent(const std::string& space, const Result& result) {
  const bool is_done = result && (!result->is_error() || result->is_error(kDoneAndOvertaken));
  const bool is_unknown = result && result->is_error("NOSCRIPT");
  const bool is_refused = result && !is_done && !is_unknown;
  bool is_first_refusal = false, is_urgent = false;
  std::vector<std::function<void()>> told;
  {
    const std::lock_guard lock(mutex_);
    const auto at = queues_.find(space);
    if (at == queues_.end()) return;
    auto& queue = at->second;
    end_way(queue);
    queue.is_script_unknown = is_unknown;
    if (is_refused) queue.not_before = std::chrono::steady_clock::now() + kPauseAfterRefusal;
    if (!result) queue.not_before = std::chrono::steady_clock::now() + kPauseAfterLoss;
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
    }
    // Else what comes meanwhile goes with the next tick: the more in a batch, the less work.
    is_urgent = is_unknown ||
                (result && !queues_.empty() && (!listeners_.empty() || counts_.entries >= kMostInBatch));
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
    bytes_ -= queue.waiting.front().bytes;
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
  return std::ranges::all_of(queues_, [&](const auto& queue) {
    return queue.second.waiting.empty() || queue.second.waiting.front().number > number;
  });
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
