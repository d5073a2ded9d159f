// Which entries of journals a call of the mock's own API asks for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "site/admin/admin.hpp"
#include "site/request_filter.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::site {

struct JournalQuery {
  RequestFilter filter;
  std::optional<spaces::Time> since;
  std::uint64_t after = 0;  // number
  bool all_spaces = false;

  // Its sequence, or in all spaces the program's.
  std::uint64_t number_of(const spaces::Entry& entry) const {
    return all_spaces ? entry.program_sequence : entry.sequence;
  }
  bool takes(const spaces::Entry& entry) const;
};

tl::expected<JournalQuery, std::string> read_journal_query(const AdminCall& call);

using Entries = std::vector<std::shared_ptr<const spaces::Entry>>;
// Those before the number `cursor`, newest first, at most `limit`.
Entries select_requests(const AdminCall& call, const JournalQuery& query, std::optional<std::uint64_t> cursor,
                        std::size_t limit);

}  // namespace vault_mock::site
