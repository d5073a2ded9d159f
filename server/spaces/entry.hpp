// One request and its answer, as they were: keys are masked by whoever shows an entry.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spaces/clock.hpp"

namespace vault_mock::spaces {

struct Entry;

// Why an answer is what it is, put into words only when somebody asks. The engine has the one kind there is.
class Explanation {
 public:
  virtual ~Explanation() = default;
  virtual nlohmann::ordered_json to_json(const Entry& entry) const = 0;
  // In memory. It holds nothing that others own: no book of rules, which may be large and out of use.
  virtual std::size_t bytes() const = 0;
};

// Made of views: into texts of whoever records it, or of the KeptEntry that it is part of.
struct Entry {
  using Header = std::pair<std::string_view, std::string_view>;

  std::uint64_t sequence = 0;  // set by the journal: 1, 2, …
  std::string_view id;         // the answer's x-apideck-request-id
  Time at{};                   // by the space's clock
  std::chrono::microseconds took{0};
  std::string_view method, path, query;
  std::span<const Header> headers;
  std::string_view body;
  int status = 0;
  std::span<const Header> answer_headers;
  std::string_view answer_body;
  std::string_view operation, consumer_id, app_id, api_key, rule;  // empty: none
  std::string_view decided_by;
  std::string_view event;  // what all followers of the journal are sent; empty: there was none
  std::shared_ptr<const Explanation> explanation;

  // What is missing at the ends of texts that were too long to be kept: bytes, and headers.
  std::size_t body_cut = 0, answer_body_cut = 0, answer_headers_cut = 0;
};

// An entry with all its texts, one behind the other: there is one for each request, so it takes two blocks of
// memory and not thirty.
//
// Bounded: of texts that are together longer than `most_texts` the body of the answer is cut, then its
// headers, to half of that, and then the body of the request. The rest, which the server's bounds of a head
// keep short, is always whole.
class KeptEntry {
 public:
  explicit KeptEntry(const Entry& entry, std::size_t most_texts = std::numeric_limits<std::size_t>::max());
  KeptEntry(const KeptEntry&) = delete;
  KeptEntry& operator=(const KeptEntry&) = delete;

  const Entry& entry() const { return entry_; }
  void set_sequence(std::uint64_t sequence) { entry_.sequence = sequence; }
  // In memory, with its explanation.
  std::size_t bytes() const {
    return sizeof *this + headers_.size() * sizeof(Entry::Header) + size_ +
           (entry_.explanation ? entry_.explanation->bytes() : 0);
  }

 private:
  void cut_to(std::size_t most_texts);
  std::size_t size_of_texts() const;

  Entry entry_;
  std::vector<Entry::Header> headers_;  // of the request, and then of the answer
  std::size_t size_ = 0;
  std::unique_ptr<char[]> texts_;
};

}  // namespace vault_mock::spaces
