// Entries of a journal as bytes, to be kept in a store that replicas share, and read by any of them.
//
// The first byte is the version of the format: whoever changes the format counts it on, and reads no other. The
// numbers of an entry (Entry::sequence, Entry::program_sequence) are not in the bytes: they belong to journals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "rules/rule_book.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::spaces {

// Makes an explanation of what Explanation::data() has written; null: it is not such, or of another version.
// engine::read_explanation is one.
using ExplanationReader = std::function<std::shared_ptr<const Explanation>(
    std::string_view data, const std::shared_ptr<const rules::RuleBook>& book)>;

struct EntryReading {
  ExplanationReader explanation;
  std::shared_ptr<const rules::RuleBook> book;                       // of the space, now
  std::size_t most_texts = std::numeric_limits<std::size_t>::max();  // as in KeptEntry
};

std::string write_entry(const Entry& entry);

// The bytes may be anybody's. The error says what is wrong with them: "its headers cannot be read". Texts of the
// entry may have any bytes, as those of requests may.
tl::expected<std::shared_ptr<KeptEntry>, std::string> read_entry(std::string_view bytes,
                                                                 std::uint64_t sequence,
                                                                 const EntryReading& reading);

}  // namespace vault_mock::spaces
