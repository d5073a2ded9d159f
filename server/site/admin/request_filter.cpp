#include "site/admin/request_filter.hpp"

#include <algorithm>

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

// A label "file#name", or the name alone.
bool is_rule(std::string_view label, std::string_view wanted) {
  return label == wanted || label.substr(std::min(label.find('#') + 1, label.size())) == wanted;
}

// `wanted` is in lower case.
bool has(std::string_view text, std::string_view wanted) {
  const auto same = [](char a, char b) { return text::lower(a) == b; };
  return std::ranges::search(text, wanted, same).begin() != text.end() || wanted.empty();
}

// "402" or "4xx". False: it is neither.
bool read_status(std::string_view text, RequestFilter& filter) {
  if (text.size() != 3 || text.front() < '1' || text.front() > '5') return false;
  if (text.substr(1) == "xx") {
    filter.status_class = text.front() - '0';
    return true;
  }
  filter.status = text::whole_number<int>(text);
  return filter.status.has_value();
}

std::vector<std::shared_ptr<spaces::Space>> spaces_of(const AdminCall& call, bool all) {
  if (all) return call.spaces.all();
  return {call.space};
}

}  // namespace

bool RequestFilter::takes(const spaces::Entry& entry) const {
  return (!status || entry.status == *status) && (!status_class || entry.status / 100 == *status_class) &&
         (!consumer_id || entry.consumer_id == *consumer_id) &&
         (!operation || entry.operation == *operation) && (!rule || is_rule(entry.rule, *rule)) &&
         (!since || entry.at >= *since) && number_of(entry) > after &&
         (text.empty() ||
          std::ranges::any_of(std::initializer_list<std::string_view>{entry.path, entry.consumer_id,
                                                                      entry.operation, entry.rule, entry.id},
                              [&](std::string_view part) { return has(part, text); }));
}

tl::expected<RequestFilter, std::string> read_filter(const AdminCall& call) {
  RequestFilter filter;
  filter.consumer_id = call.query("consumer_id");
  filter.operation = call.query("operation");
  filter.rule = call.query("rule");
  filter.text = text::lower(call.query("text").value_or(""));
  filter.all_spaces = call.query("spaces") == "all";
  if (const auto status = call.query("status")) {
    if (!read_status(*status, filter))
      return tl::unexpected("'status' is neither a status like 402 nor a class of them like 4xx, but '" +
                            text::shortened(*status) + "'");
  }
  if (const auto since = call.query("since")) {
    filter.since = text::parse_timestamp(*since);
    if (filter.since) return filter;
    for (const auto& space : spaces_of(call, filter.all_spaces))
      if (const auto entry = space->journal().find(*since)) {
        filter.after = filter.number_of(*entry);
        return filter;
      }
    return tl::unexpected(std::string(
        "'since' is neither a time like 2027-01-01T00:00:00Z nor the id of a request in the journal"));
  }
  return filter;
}

Entries select_requests(const AdminCall& call, const RequestFilter& filter,
                        std::optional<std::uint64_t> cursor, std::size_t limit) {
  const auto wanted = [&](const spaces::Entry& entry) {
    return (!cursor || filter.number_of(entry) < *cursor) && filter.takes(entry);
  };
  Entries selected;
  for (const auto& space : spaces_of(call, filter.all_spaces))
    std::ranges::move(space->journal().select(wanted, limit), std::back_inserter(selected));
  if (!filter.all_spaces) return selected;
  std::ranges::sort(selected, std::ranges::greater(),
                    [](const auto& entry) { return entry->program_sequence; });
  selected.resize(std::min(selected.size(), limit));
  return selected;
}

}  // namespace vault_mock::site
