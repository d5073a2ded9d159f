// What was asked of a space and what it answered: a ring, bounded in count and in bytes, the oldest going
// first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "spaces/clock.hpp"
#include "spaces/mutex.hpp"

namespace vault_mock::spaces {

struct Entry;

// Why an answer is what it is, put into words only when somebody asks. The engine has the one kind there is.
class Explanation {
 public:
  virtual ~Explanation() = default;
  virtual nlohmann::ordered_json to_json(const Entry& entry) const = 0;
};

// One request and its answer, as they were: keys are masked by whoever shows an entry.
struct Entry {
  using Headers = std::vector<std::pair<std::string, std::string>>;

  std::uint64_t sequence = 0;  // set by the journal: 1, 2, …
  std::string id;              // the answer's x-apideck-request-id
  Time at{};                   // by the space's clock
  std::chrono::microseconds took{0};
  std::string method, path, query;
  Headers headers;
  std::string body;
  int status = 0;
  Headers answer_headers;
  std::string answer_body;
  std::string operation, consumer_id, app_id, api_key, rule;  // empty: none
  std::string decided_by;
  std::shared_ptr<const Explanation> explanation;
};

class Journal {
 public:
  struct Bounds {
    std::size_t entries = 1'000;
    std::size_t bytes = 4 * 1024 * 1024;
  };
  using Entries = std::vector<std::shared_ptr<const Entry>>;

  explicit Journal(Bounds bounds) : bounds_(bounds) {}

  // Threads: any may call any of these.
  void record(Entry entry);
  // The entries that `wanted` takes, newest first, at most `limit`.
  Entries select(const std::function<bool(const Entry&)>& wanted, std::size_t limit) const;
  std::shared_ptr<const Entry> find(std::string_view id) const;
  // Entries after `sequence`, oldest first; waits for one as long as `patience`.
  Entries wait_after(std::uint64_t sequence, std::chrono::milliseconds patience) const;
  std::uint64_t last_sequence() const;
  void clear();

 private:
  const Bounds bounds_;

  mutable Mutex mutex_;  // protects the following
  mutable std::condition_variable_any recorded_;
  std::deque<std::shared_ptr<const Entry>> entries_ GUARDED_BY(mutex_);  // oldest first
  std::size_t bytes_ GUARDED_BY(mutex_) = 0;
  std::uint64_t sequence_ GUARDED_BY(mutex_) = 0;
};

}  // namespace vault_mock::spaces
