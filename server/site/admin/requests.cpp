#include <charconv>
#include <memory>
#include <thread>

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
    page.add(details_of(*entries[shown], call.mask, kBodyInList));
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
  if (entry) return admin_text(200, details_of(*entry, call.mask, kBodyAlone));
  return admin_error(404, "No request '" + call.path_parameter() +
                              "' in this space's journal: GET /_mock/requests lists those kept");
}

namespace {

// One client that reads the journal as it grows.
class EventReader {
 public:
  explicit EventReader(std::shared_ptr<spaces::Space> space)
      : space_(std::move(space)), follower_(space_->journal()), last_(space_->journal().last_sequence()) {}

  // Returns when the client is gone.
  void run(const net::Send& send) {
    constexpr std::chrono::milliseconds kPatience(500);
    constexpr std::chrono::milliseconds kPause(20);
    constexpr int kQuietTurns = 20;
    bool alive = send(": the journal of " + space_->name() + " as it grows\n\n");
    for (int quiet = 0; alive;) {
      const auto entries = space_->journal().wait_after(last_, kPatience);
      if (!entries.empty()) {
        alive = send_all(entries, send);
        quiet = 0;
        if (alive) std::this_thread::sleep_for(kPause);
      } else if (++quiet == kQuietTurns) {
        alive = send(": still here\n\n");
        quiet = 0;
      } else {
        alive = send("");  // asks whether the client is there
      }
    }
  }

 private:
  // In one piece, or a few when that is long.
  bool send_all(const spaces::Journal::Entries& entries, const net::Send& send) {
    constexpr std::size_t kLongPiece = std::size_t{64} << 10;
    std::string piece;
    for (const auto& entry : entries) {
      last_ = entry->sequence;
      if (entry->event.empty())
        piece += event_of(*entry);
      else
        piece += entry->event;
      if (piece.size() < kLongPiece) continue;
      if (!send(piece)) return false;
      piece.clear();
    }
    return piece.empty() || send(piece);
  }

  const std::shared_ptr<spaces::Space> space_;
  const spaces::Journal::Follower follower_;
  std::uint64_t last_;  // the sequence of the entry sent last
};

}  // namespace

// Each request as an event of its own, from now on; a comment line now and then keeps the connection alive.
// The first event goes out at once, and what comes in the 20 ms after it goes out together: with many readers
// and a busy space, waking and writing for each event costs more than the requests do.
net::Answer events(const AdminCall& call) {
  net::Answer answer;
  answer.headers = {{"content-type", "text/event-stream"}, {"cache-control", "no-store"}};
  answer.stream = [reader = std::make_shared<EventReader>(call.space)](const net::Send& send) {
    reader->run(send);
  };
  return answer;
}

}  // namespace vault_mock::site
