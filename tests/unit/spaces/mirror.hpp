// A journal as a store has it, and the mirror of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "spaces/journal.hpp"

namespace vault_mock::spaces {

// A journal as a store has it, bounded in number.
struct Stored {
  void append(std::size_t requests, std::size_t body = 0, int status = 200) {
    for (; requests > 0; --requests) {
      const std::string text(body, 'x');
      Entry entry;
      entry.body = text;
      entry.status = status;
      journal.entries.emplace_back(++journal.last, write_entry(entry));
    }
    if (journal.entries.size() > most)
      journal.entries.erase(journal.entries.begin(),
                            journal.entries.end() - static_cast<std::ptrdiff_t>(most));
  }
  void clear() {
    journal.entries.clear();
    journal.cleared_to = journal.last;
    ++journal.clears;
  }
  StoreJournal behind(std::uint64_t after, std::size_t at_most) const {
    auto part = journal;
    std::erase_if(part.entries, [after](const auto& entry) { return entry.first <= after; });
    if (part.entries.size() > at_most) part.entries.resize(at_most);
    return part;
  }

  std::size_t most = 1'000;
  StoreJournal journal;
};

// The mirror of a space that may keep so many bytes.
struct Mirror {
  explicit Mirror(Journal::Bounds bounds = {}, std::size_t bytes = 16'000'000)
      : account(std::make_shared<Ledger>(MemoryLimits{.space = bytes, .program = 10 * bytes})),
        journal(bounds, account, 0, feed) {}

  // Until it has all. → in how many parts
  int follow(const Stored& stored, std::size_t at_most = 1'000) {
    int parts = 0;
    while (journal.mirrored_to() < stored.journal.last && ++parts < 1'000) {
      const auto after = journal.mirrored_to();
      EXPECT_EQ(journal.mirror(after, stored.behind(after, at_most), {}), "");
    }
    EXPECT_LT(parts, 1'000) << "it goes on for ever";
    return parts;
  }
  std::vector<std::uint64_t> sequences() const {
    std::vector<std::uint64_t> list;
    for (const auto& entry : journal.select([](const Entry&) { return true; }, 10'000))
      list.push_back(entry->sequence);
    std::ranges::reverse(list);
    return list;
  }
  std::uint64_t fed() const { return feed->report(0, 1).last; }

  std::shared_ptr<Feed> feed = std::make_shared<Feed>();
  Account account;
  Journal journal;
};

inline std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> list;
  for (; first <= last; ++first) list.push_back(first);
  return list;
}

}  // namespace vault_mock::spaces
