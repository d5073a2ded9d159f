// One request with its answer, as the journal has it. Credentials are in it as they came: whoever shows an
// entry masks them.
//
// An Entry is made of views, and there are two kinds of owners for what they point to:
//
//   - Whoever records one makes it of views into the request and the answer at hand; it is valid during the
//     call of Journal::record() only.
//   - The journal copies it into a KeptEntry, which owns all its texts. Its entry() points into those, and is
//     valid as long as the KeptEntry.
//
// So recording copies each text once, and readers see one type. All are immutable once made: any thread may
// read them.
#pragma once

#include <array>
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
#include "text/headers.hpp"

namespace vault_mock::spaces {

struct Entry;

// So many characters of an id stand for it, where no other id begins so.
constexpr std::size_t kShortId = 8;

// Why an answer is what it is, put into words only when somebody asks (engine/explanation.hpp).
class Explanation {
 public:
  virtual ~Explanation() = default;
  virtual nlohmann::ordered_json to_json(const Entry& entry) const = 0;
  // In one sentence: who asked for what, and what decided the answer.
  virtual std::string sentence(const Entry& entry) const = 0;
  // What it is made of, in bytes that the room that made it can read again, in another program, too
  // (engine::read_explanation).
  virtual std::string data() const = 0;
  // Its size in memory. It must not keep a rule book alive, which may be large and out of use.
  virtual std::size_t bytes() const = 0;
};

struct Entry {
  std::uint64_t sequence = 0;          // set by the journal: 1, 2, …
  std::uint64_t program_sequence = 0;  // set by the Feed, of the requests of all spaces; 0: it has none
  std::string_view id;                 // the answer's x-apideck-request-id
  Time at{};                           // by the space's clock
  std::chrono::microseconds took{0};
  // When it was answered, by the wall clock; set where replicas share their journals.
  std::chrono::sys_time<std::chrono::microseconds> answered{};
  std::string_view method, path, query;
  std::span<const text::HeaderView> headers;
  std::string_view body;
  int status = 0;
  std::span<const text::HeaderView> answer_headers;
  std::string_view answer_body;
  std::string_view coding_error;  // why the body could not be decoded, so that it has no value; else empty
  std::string_view operation, consumer_id, app_id, credential, rule;  // empty: none
  std::string_view decided_by;
  std::string_view space;
  std::string_view kind;  // what decided, in one word (engine::Kind)
  std::shared_ptr<const Explanation> explanation;

  // What was cut off at the end of texts that were too long to be kept: bytes of bodies, and headers.
  std::size_t body_cut = 0, answer_body_cut = 0, answer_headers_cut = 0;
};

// All texts of an entry but its headers.
inline constexpr auto kTextsOfEntry = std::to_array<std::string_view Entry::*>(
    {&Entry::id, &Entry::method, &Entry::path, &Entry::query, &Entry::body, &Entry::answer_body,
     &Entry::coding_error, &Entry::operation, &Entry::consumer_id, &Entry::app_id, &Entry::credential,
     &Entry::rule, &Entry::decided_by, &Entry::space, &Entry::kind});

// An entry that owns its texts, in one block of memory.
//
// When the texts are together longer than `most_texts` bytes, the body of the answer is cut, then the headers
// of the answer (to half of `most_texts`), then the body of the request. The other texts, which the server's
// limits keep short, are always whole.
class KeptEntry {
 public:
  explicit KeptEntry(const Entry& entry, std::size_t most_texts = std::numeric_limits<std::size_t>::max());
  KeptEntry(const KeptEntry&) = delete;
  KeptEntry& operator=(const KeptEntry&) = delete;

  const Entry& entry() const { return entry_; }
  // Before others can read it.
  void set_sequence(std::uint64_t sequence) { entry_.sequence = sequence; }
  void set_program_sequence(std::uint64_t sequence) { entry_.program_sequence = sequence; }
  // Its size in memory, with its explanation.
  std::size_t bytes() const {
    return sizeof *this + headers_.size() * sizeof(text::HeaderView) + size_ +
           (entry_.explanation ? entry_.explanation->bytes() : 0);
  }

 private:
  void cut_to(std::size_t most_texts);
  std::size_t size_of_texts() const;

  Entry entry_;
  std::vector<text::HeaderView> headers_;  // of the request, and then of the answer
  std::size_t size_ = 0;
  std::unique_ptr<char[]> texts_;
};

// The entry, which keeps its texts. Null for null.
std::shared_ptr<const Entry> view_of(std::shared_ptr<const KeptEntry> kept);

}  // namespace vault_mock::spaces
