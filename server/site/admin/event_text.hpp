// Server-sent events, as text (https://html.spec.whatwg.org/multipage/server-sent-events.html).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spaces/feed.hpp"
#include "text/mutex.hpp"

namespace vault_mock::site {

// Requests that are not shown one by one; `last` is the sequence of the last of them. Appends nothing where
// there are none.
void append_missed(std::string& to, std::uint64_t last, const spaces::StatusCounts& missed);

// The last requests in words, so that many readers who are shown the same ones cost little. Any thread may
// call.
class EventTexts {
 public:
  EventTexts() : slots_(kKept) {}

  // One request, under its number in the feed that is read. `item` has an entry.
  void append_request(std::string& to, const spaces::FeedItem& item);

 private:
  static constexpr std::size_t kKept = 256;
  static constexpr std::size_t kLongestKept = 2'048;

  struct Slot {
    std::uint64_t program_sequence = 0;  // of the request; 0: none
    std::string summary;                 // behind its sequence
  };

  text::Mutex mutex_;                           // protects the following
  std::vector<Slot> slots_ GUARDED_BY(mutex_);  // that of request n at n % kKept
};

// The journal was cleared, or is another one. `space` empty: all of them.
void append_reset(std::string& to, std::string_view space);
void append_changed(std::string& to, std::string_view space, std::string_view what);

}  // namespace vault_mock::site
