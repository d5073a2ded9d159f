#include "site/admin/journal_query.hpp"

#include <algorithm>

#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

std::vector<std::shared_ptr<spaces::Space>> spaces_of(const AdminCall& call, bool all) {
  if (all) return call.spaces.all();
  return {call.space};
}

}  // namespace

bool JournalQuery::takes(const spaces::Entry& entry) const {
  return (!since || entry.at >= *since) && number_of(entry) > after && filter.takes(subject_of(entry));
}

tl::expected<JournalQuery, std::string> read_journal_query(const AdminCall& call) {
  auto filter = read_request_filter(call.request.query);
  if (!filter) return tl::unexpected(std::move(filter.error()));
  JournalQuery query{.filter = std::move(*filter), .since = {}, .all_spaces = call.query("spaces") == "all"};
  const auto since = call.query("since");
  if (!since) return query;
  query.since = text::parse_timestamp(*since);
  if (query.since) return query;
  for (const auto& space : spaces_of(call, query.all_spaces))
    if (const auto entry = space->journal().find(*since)) {
      query.after = query.number_of(*entry);
      return query;
    }
  return tl::unexpected(std::string(
      "'since' is neither a time like 2027-01-01T00:00:00Z nor the id of a request in the journal"));
}

Entries select_requests(const AdminCall& call, const JournalQuery& query, std::optional<std::uint64_t> cursor,
                        std::size_t limit) {
  const auto wanted = [&](const spaces::Entry& entry) {
    return (!cursor || query.number_of(entry) < *cursor) && query.takes(entry);
  };
  Entries selected;
  for (const auto& space : spaces_of(call, query.all_spaces))
    std::ranges::move(space->journal().select(wanted, limit), std::back_inserter(selected));
  if (!query.all_spaces) return selected;
  std::ranges::sort(selected, std::ranges::greater(),
                    [](const auto& entry) { return entry->program_sequence; });
  selected.resize(std::min(selected.size(), limit));
  return selected;
}

}  // namespace vault_mock::site
