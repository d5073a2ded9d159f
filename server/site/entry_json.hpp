// Journal entries as JSON text, with every key masked.
//
// A body is shown as the document it is, or as text when it is not JSON or nested too deep. One that is too
// long is cut, and says so: {"body": "{\"theme\":…", "body_truncated": true, "body_bytes": 1048576}. So is
// any other text, to 8 KB, and of headers the first 128, within 64 KB, are shown. What acts on a terminal is
// escaped (text/printable.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "site/mask.hpp"
#include "spaces/journal.hpp"

namespace vault_mock::site {

// How much of a body is shown, in bytes of the answer.
constexpr std::size_t kBodyInList = std::size_t{64} << 10;
constexpr std::size_t kBodyAlone = std::size_t{1} << 20;

// One line of the journal. `sequence` is the entry's in its journal, or of all spaces.
std::string summary_of(const spaces::Entry& entry, std::uint64_t sequence);
// The same behind its first member, `"sequence": n,`: what is the same for all who are shown it.
std::string summary_behind_sequence(const spaces::Entry& entry);
// All of it, with the trace. `session`: JSON text of the session that the answer made; empty: it made none.
std::string details_of(const spaces::Entry& entry, const Mask& mask, std::size_t longest_body,
                       std::string_view session = {});

}  // namespace vault_mock::site
