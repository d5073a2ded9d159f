// The feed: the requests of one space or of all as they come, as server-sent events, and what else changes.
//
// A reader takes no thread. It is asked for a piece now and then, and takes the numbers and the newest
// entries of one moment: what it shows and what it says it has missed is together everything. All are asked
// at the same moments, so that many wake a thread no more often than one does, and where nothing is new a
// reader compares two numbers.
#include <algorithm>
#include <chrono>
#include <memory>

#include "site/admin/event_text.hpp"
#include "site/admin/resources.hpp"
#include "site/admin/space_changes.hpp"
#include "text/headers.hpp"
#include "text/number.hpp"

namespace vault_mock::site {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPause{40};           // while all is shown: the longest that an event waits
constexpr milliseconds kPauseWhenBusy{100};  // while there is more than the reader asked for
constexpr milliseconds kLookForChanges{200};
constexpr milliseconds kLongestSilence{10'000};
constexpr std::size_t kLongPiece = std::size_t{256} << 10;
constexpr std::uint64_t kUsualRate = 100;

// All readers look at the same times, at the multiples of `pause`; see also spaces::window_of.
milliseconds until_next(milliseconds pause, steady_clock::time_point now) {
  return pause - std::chrono::floor<milliseconds>(now.time_since_epoch()) % pause;
}

// How many events a reader may be sent at present: so many a second, and after a quiet second all of them at
// once.
class Allowance {
 public:
  explicit Allowance(std::uint64_t per_second)
      : per_second_(static_cast<double>(per_second)), left_(per_second_), since_(steady_clock::now()) {}

  std::size_t refill(steady_clock::time_point now) {
    const std::chrono::duration<double> passed = now - since_;
    left_ = std::min(per_second_, left_ + passed.count() * per_second_);
    since_ = now;
    return static_cast<std::size_t>(left_);
  }
  void take(std::size_t events) { left_ -= static_cast<double>(events); }

 private:
  const double per_second_;
  double left_;
  steady_clock::time_point since_;
};

// Where replicas share: what came before is there when a reader begins. While the store is away it begins
// with what this one knows.
void catch_up(spaces::Registry& registry, spaces::Space* space) {
  try {
    registry.catch_up(space);
  } catch (const spaces::StoreAwayError&) {
    return;  // the rest comes when it is back
  }
}

class EventReader {
 public:
  // `space` null: all spaces. One that the registry does not keep is followed from when there is one of its
  // name.
  EventReader(spaces::Registry& registry, EventTexts& texts, std::shared_ptr<spaces::Space> space,
              std::uint64_t per_second, std::optional<std::uint64_t> after)
      : registry_(registry),
        texts_(texts),
        space_(std::move(space)),
        is_kept_(space_ && registry.find(space_->name()) == space_),
        allowance_(per_second),
        changes_(watched(), space_ ? SpaceChanges::Clears::known : SpaceChanges::Clears::told) {
    const auto start = source().start(after);
    begin(start);
    piece_ =
        space_ ? ": the requests of space " + space_->name() + "\n\n" : ": the requests of all spaces\n\n";
    if (start.is_of_another_run) append_reset(piece_, name());
  }

  net::Piece next() {
    const auto now = steady_clock::now();
    follow(now);
    if (is_behind_ || seen_news_ != news()) look(now);
    if (!piece_.empty())
      said_ = now;
    else if (now - said_ >= kLongestSilence)
      said_ = now, piece_ = ": still here\n\n";
    return {.bytes = std::exchange(piece_, {}),
            .pause = until_next(is_behind_ ? kPauseWhenBusy : kPause, now)};
  }

 private:
  const spaces::FeedSource& source() const {
    return space_ ? static_cast<const spaces::FeedSource&>(space_->journal()) : registry_.feed();
  }
  std::string_view name() const { return space_ ? std::string_view(space_->name()) : std::string_view(); }

  SpaceChanges::Spaces watched() const {
    if (space_) {
      const auto space = registry_.find(space_->name());
      return space ? SpaceChanges::Spaces{space} : SpaceChanges::Spaces{};
    }
    return registry_.all();
  }

  // Of other replicas.
  void follow(steady_clock::time_point now) {
    if (registry_.sharing() == nullptr || now - followed_ < kPauseWhenBusy) return;
    followed_ = now;
    registry_.follow(space_.get());
  }

  // Another number each time that there may be something to tell.
  std::uint64_t news() const {
    return registry_.turnover() + (space_ ? space_->news() : registry_.feed().news());
  }

  // What comes meanwhile is for the next time: the number is read first.
  void look(steady_clock::time_point now) {
    const auto news = this->news();
    if (space_ || now - looked_ >= kLookForChanges) {
      looked_ = now;
      seen_news_ = news;
      look_for_changes(now);
    }
    report(allowance_.refill(now));
  }

  void begin(const spaces::FeedStart& start) {
    last_ = start.after;
    pending_ = start.pending;
    seen_ = start.totals;
    clears_ = start.clears;
  }

  // A space may be deleted, and made again by the next request in it. Its number begins anew then.
  // Meanwhile a passing one of its name is followed, so that the reader keeps nothing alive.
  void look_for_changes(steady_clock::time_point now) {
    if (!space_) return changes_.append_events(piece_, watched());
    auto current = registry_.find(space_->name());
    if (current != space_) report(allowance_.refill(now));  // what is left of the former one
    changes_.append_events(piece_, current ? SpaceChanges::Spaces{current} : SpaceChanges::Spaces{});
    if (current == space_ || (current == nullptr && !is_kept_)) return;
    is_kept_ = current != nullptr;
    // Where replicas share, the requests of a space have the same numbers in whichever space has its name.
    const auto after = is_kept_ && registry_.sharing() != nullptr ? last_ : 0;
    space_ = is_kept_ ? std::move(current) : registry_.passing_space(space_->name());
    catch_up(registry_, space_.get());
    seen_news_.reset();
    begin(space_->journal().start(after));
  }

  void report(std::size_t most) {
    const auto report = source().report(last_, most);
    if (report.clear.count != clears_) {
      clears_ = report.clear.count;
      pending_.add(since_seen(report.clear.totals));
      append_missed(piece_, report.clear.last, pending_);
      append_reset(piece_, name());
      pending_ = {};
      last_ = report.clear.last;
    }
    pending_.add(since_seen(report.totals));
    pending_.subtract(report.newer);
    for (const auto& item : report.newest) pending_.subtract(item.status);
    const bool all_shown = pending_.all() == 0 && report.newer.all() == 0;
    last_ = report.newest.empty() ? report.last : report.newest.front().sequence - 1;
    append_missed(piece_, last_, pending_);
    pending_ = {};
    show(report.newest);
    pending_.add(report.newer);
    is_behind_ = !all_shown || pending_.all() > 0;
  }

  spaces::StatusCounts since_seen(const spaces::StatusCounts& totals) {
    auto difference = totals;
    difference.subtract(seen_);
    seen_ = totals;
    return difference;
  }

  // Those that have left their journal are missed. A piece that gets long ends, and the rest is for the next.
  void show(const std::vector<spaces::FeedItem>& items) {
    std::size_t shown = 0;
    for (const auto& item : items) {
      if (piece_.size() >= kLongPiece) {
        pending_.add(item.status);
        continue;
      }
      last_ = item.sequence;
      if (item.entry == nullptr) {
        pending_.add(item.status);
        continue;
      }
      append_missed(piece_, item.sequence - 1, pending_);
      pending_ = {};
      texts_.append_request(piece_, item);
      ++shown;
    }
    allowance_.take(shown);
    if (piece_.size() < kLongPiece && !items.empty()) {
      append_missed(piece_, last_, pending_);
      pending_ = {};
    }
  }

  spaces::Registry& registry_;
  EventTexts& texts_;
  std::shared_ptr<spaces::Space> space_;
  bool is_kept_;  // by the registry
  Allowance allowance_;
  SpaceChanges changes_;
  std::uint64_t last_ = 0;        // all up to this one are shown, or told as missed, or pending
  spaces::StatusCounts pending_;  // not told yet: behind `last_`, up to the last report
  spaces::StatusCounts seen_;     // all that had come by the last report
  std::uint64_t clears_ = 0;
  bool is_behind_ = true;  // something was missed for the reader's rate, or is not told yet
  std::optional<std::uint64_t> seen_news_;
  std::string piece_;
  steady_clock::time_point followed_{}, looked_{}, said_{};
};

// Behind which request the feed begins; nothing: from now on. The header is a browser's, of its last
// connection.
tl::expected<std::optional<std::uint64_t>, std::string> read_after(const AdminCall& call) {
  const auto header = text::find_header(call.request.headers, "last-event-id").value_or("");
  if (header.empty()) return call.number("after");
  if (const auto number = text::whole_number<std::uint64_t>(header)) return number;
  return tl::unexpected(std::string("last-event-id is not the id of an event here, which is a number"));
}

}  // namespace

net::Answer events(const AdminCall& call) {
  const auto after = read_after(call);
  if (!after) return admin_error(400, after.error());
  const bool is_of_all = call.query("spaces") == "all";
  catch_up(call.spaces, is_of_all ? nullptr : call.space.get());
  net::Answer answer;
  answer.headers = {{"content-type", "text/event-stream"}, {"cache-control", "no-store"}};
  const auto reader =
      std::make_shared<EventReader>(call.spaces, call.event_texts, is_of_all ? nullptr : call.space,
                                    call.number("per_second").value_or(kUsualRate), *after);
  answer.next_piece = [reader] { return reader->next(); };
  return answer;
}

}  // namespace vault_mock::site
