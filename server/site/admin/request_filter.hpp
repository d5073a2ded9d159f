// Which entries of journals a call of the mock's own API asks for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "site/admin/admin.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::site {

struct RequestFilter {
  std::optional<int> status;        // 402
  std::optional<int> status_class;  // 4, of 4xx
  std::optional<std::string> consumer_id, operation, rule;
  std::string text;  // in lower case: a part of path, consumer, operation, rule or id
  std::optional<spaces::Time> since;
  std::uint64_t after = 0;  // number
  bool all_spaces = false;

  // Its sequence, or in all spaces the program's.
  std::uint64_t number_of(const spaces::Entry& entry) const {
    return all_spaces ? entry.program_sequence : entry.sequence;
  }
  bool takes(const spaces::Entry& entry) const;
};

// By the query of the call.
tl::expected<RequestFilter, std::string> read_filter(const AdminCall& call);

using Entries = std::vector<std::shared_ptr<const spaces::Entry>>;
// Those before the number `cursor`, newest first, at most `limit`.
Entries select_requests(const AdminCall& call, const RequestFilter& filter,
                        std::optional<std::uint64_t> cursor, std::size_t limit);

}  // namespace vault_mock::site
