#include <charconv>
#include <fmt/format.h>

#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "site/entry_json.hpp"
#include "text/json/json_document.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

using spaces::Entry;

struct Filter {
  std::optional<int> status;
  std::optional<std::string> consumer_id, operation, rule;
  std::optional<spaces::Time> since;
  std::uint64_t after = 0;  // sequence

  bool takes(const Entry& entry) const {
    return (!status || entry.status == *status) && (!consumer_id || entry.consumer_id == *consumer_id) &&
           (!operation || entry.operation == *operation) && (!rule || is_rule(entry.rule)) &&
           (!since || entry.at >= *since) && entry.sequence > after;
  }

  // A label "file#name", or the name alone.
  bool is_rule(std::string_view label) const {
    return label == *rule || label.substr(std::min(label.find('#') + 1, label.size())) == *rule;
  }
};

tl::expected<Filter, std::string> read_filter(const AdminCall& call) {
  Filter filter{.status = {},
                .consumer_id = call.query("consumer_id"),
                .operation = call.query("operation"),
                .rule = call.query("rule"),
                .since = {}};
  if (const auto status = call.number("status")) filter.status = static_cast<int>(*status);
  if (const auto since = call.query("since")) {
    filter.since = text::parse_timestamp(*since);
    if (!filter.since) {
      const auto entry = call.space->journal().find(*since);
      if (!entry)
        return tl::unexpected(std::string(
            "'since' is neither a time like 2027-01-01T00:00:00Z nor the id of a request in the journal"));
      filter.after = entry->sequence;
    }
  }
  return filter;
}

}  // namespace

// The cursor of a page is the number of the request before which it begins.
net::Answer requests_all(const AdminCall& call) {
  const auto filter = read_filter(call);
  if (!filter) return admin_error(400, filter.error());
  const auto cursor = read_cursor(call);
  if (!cursor) return cursor.error();
  const auto limit = call.number("limit").value_or(kUsualLimit);
  const auto entries = call.space->journal().select(
      [&](const Entry& e) { return (!*cursor || e.sequence < **cursor) && filter->takes(e); }, limit + 1);
  Listing page("requests");
  std::uint64_t last = 0;
  std::size_t shown = 0;
  for (; shown < entries.size() && shown < limit && page.has_room(); ++shown) {
    page.add(details_of(*entries[shown], call.mask_key, kBodyInList));
    last = entries[shown]->sequence;
  }
  return std::move(page).finish(shown < entries.size() ? std::to_string(last) : "");
}

net::Answer requests_clear(const AdminCall& call) {
  call.space->journal().clear();
  return no_content();
}

net::Answer requests_one(const AdminCall& call) {
  const auto entry = call.space->journal().find(call.path_parameter());
  if (entry) return admin_text(200, details_of(*entry, call.mask_key, kBodyAlone));
  return admin_error(404, "No request '" + call.path_parameter() +
                              "' in this space's journal: GET /_mock/requests lists those kept");
}

// Each request as an event of its own, from now on; a comment line now and then keeps the connection alive.
net::Answer events(const AdminCall& call) {
  net::Answer answer;
  answer.headers = {{"content-type", "text/event-stream"}, {"cache-control", "no-store"}};
  answer.stream = [space = call.space,
                   after = call.space->journal().last_sequence()](const net::Send& send) mutable {
    constexpr std::chrono::milliseconds kPatience(500);
    constexpr int kQuietTurns = 20;
    bool alive = send(": the journal of " + space->name() + " as it grows\n\n");
    for (int quiet = 0; alive; ++quiet) {
      for (const auto& entry : space->journal().wait_after(after, kPatience)) {
        after = entry->sequence;
        quiet = 0;
        alive =
            alive && send(fmt::format("id: {}\nevent: request\ndata: {}\n\n", entry->id, summary_of(*entry)));
      }
      if (quiet == kQuietTurns) {
        alive = alive && send(": still here\n\n");
        quiet = 0;
      } else if (quiet > 0) {
        alive = alive && send("");  // asks whether the client is there
      }
    }
  };
  return answer;
}

}  // namespace vault_mock::site
