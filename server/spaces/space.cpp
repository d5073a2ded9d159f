#include "spaces/space.hpp"

#include <list>
#include <numeric>

#include "spaces/shared_values.hpp"
#include "text/json/json_document.hpp"
#include "vault/jwt.hpp"
#include "vault/stored.hpp"

namespace vault_mock::spaces {
namespace {

// Each space has a stream of its own, made of the program's seed and its name: no two answer with the same
// request ids. Below 2^53, so that JavaScript reads from `GET /_mock/seed` what it may `PUT` there again.
std::uint64_t seed_of(std::string_view name, std::uint64_t seed) {
  if (name == kDefaultSpace) return seed;
  std::uint64_t own = 0;
  for (const char byte : vault::hmac_sha256(std::to_string(seed), name).substr(0, 8))
    own = own << 8 | static_cast<unsigned char>(byte);
  return own >> 11;
}

}  // namespace

Space::Space(std::string name, SpaceDefaults defaults, std::uint64_t dropped_before)
    : name_(std::move(name)),
      secret_(name_ == kDefaultSpace ? defaults.secret : vault::hmac_sha256(defaults.secret, name_)),
      first_clock_(defaults.clock),
      first_oauth_(defaults.oauth),
      first_seed_(seed_of(name_, defaults.seed)),
      sharing_(defaults.sharing ? std::make_unique<Sharing>(*this, *defaults.sharing) : nullptr),
      dropped_before_(sharing_ ? 0 : dropped_before),  // else the store has them
      account_(defaults.ledger ? std::move(defaults.ledger) : std::make_shared<Ledger>(MemoryLimits())),
      changes_(defaults.feed),
      journal_(defaults.journal, account_, dropped_before_, std::move(defaults.feed)),
      seed_(first_seed_),
      clock_(defaults.clock),
      oauth_(defaults.oauth),
      file_rules_(defaults.rules),
      rules_(std::move(defaults.rules)) {
  account_.charge(Part::itself, static_cast<std::ptrdiff_t>(sizeof *this + name_.size() + secret_.size()));
}

Space::Moment Space::begin(Time wall) {
  const text::MutexLock lock(mutex_);
  last_used_ = wall;
  return {clock_.now(wall), generator_of_next()};
}

std::optional<Time> Space::last_used() const {
  const text::MutexLock lock(mutex_);
  return last_used_;
}

Time Space::now(Time wall) const {
  const text::MutexLock lock(mutex_);
  return clock_.now(wall);
}

Clock Space::clock() const {
  const text::MutexLock lock(mutex_);
  return clock_;
}

// Mixed, so that neighbouring requests do not walk the same sequence one step apart.
// Each replica walks a row of its own: no two give the same ids.
Generator Space::generator_of_next() {
  const auto row = sharing_ ? sharing_->row() : 0;
  return Generator(Generator(seed_ + row + ++requests_).next());
}

std::uint64_t Space::seed() const {
  const text::MutexLock lock(mutex_);
  return seed_;
}

std::optional<Clock> Space::change_clock(const std::function<bool(Clock&)>& change) {
  if (sharing_) {
    std::optional<Clock> next;
    sharing_->change([&]() -> std::optional<StoreChange> {
      auto wanted = sharing_->change_of(std::string(kClockKey));
      next = clock();
      if (!change(*next)) return next.reset(), std::nullopt;
      wanted.text = clock_text(*next);
      return StoreChange{.values = {std::move(wanted)}};
    });
    return next;
  }
  for (;;) {
    const auto before = clock();
    auto next = before;
    if (!change(next)) return std::nullopt;
    const text::MutexLock lock(mutex_);
    if (clock_ != before) continue;  // another client was faster
    put_clock(next);
    return next;
  }
}

void Space::put_clock(const Clock& clock) {
  clock_ = clock;
  clock_is_moved_ = clock_ != first_clock_;
  changes_.note(Change::clock);
}

void Space::set_seed(std::uint64_t seed) {
  if (sharing_)
    return sharing_->change([&] {
      auto wanted = sharing_->change_of(std::string(kSeedKey));
      wanted.text = std::to_string(seed);
      return StoreChange{.values = {std::move(wanted)}};
    });
  put_seed(seed);
}

void Space::put_seed(std::optional<std::uint64_t> seed) {
  const text::MutexLock lock(mutex_);
  seed_ = seed.value_or(first_seed_);
  requests_ = 0;
  seed_is_set_ = seed.has_value();
}

// Sessions and consumers
// -----------------------------------------------------------------------------------------------------------

void Space::add_session(vault::Session session) {
  if (sharing_)
    sharing_->append({.kind = StoreEntry::Kind::session, .key = {}, .text = vault::stored_text(session)});
  std::list<vault::Session> displaced;  // freed after the lock
  const text::MutexLock lock(mutex_);
  const auto forgotten = sessions_.add(session, account_.share_of(Part::sessions), displaced);
  charge_sessions(forgotten, !displaced.empty());
}

void Space::end_session(vault::Session session, vault::SessionState how) {
  if (sharing_)
    return sharing_->change([&]() -> std::optional<StoreChange> {
      auto wanted = sharing_->change_of(ended_key(session.token));
      if (end_of(session.token) == how) return std::nullopt;
      session.ended = how;
      wanted.text = vault::stored_text(session);
      return StoreChange{.values = {std::move(wanted)}};
    });
  end_known_session(std::move(session), how);
}

void Space::end_known_session(vault::Session session, vault::SessionState how) {
  std::list<vault::Session> displaced;
  const text::MutexLock lock(mutex_);
  const auto forgotten = sessions_.end(session, how, account_.share_of(Part::sessions), displaced);
  charge_sessions(forgotten, !displaced.empty());
}

void Space::charge_sessions(std::size_t forgotten, bool by_bytes) {
  changes_.note(Change::sessions);
  account_.set_used(Part::sessions, sessions_.bytes());
  account_.count_dropped(DropKind::sessions, forgotten, by_bytes);
}

std::optional<vault::SessionState> Space::end_of(std::string_view token) const {
  const text::MutexLock lock(mutex_);
  return sessions_.end_of(token);
}

std::optional<vault::Session> Space::find_session(std::string_view token) const {
  const text::MutexLock lock(mutex_);
  const auto* session = sessions_.find(token);
  return session ? std::optional(*session) : std::nullopt;
}

std::vector<vault::Session> Space::sessions() const {
  const text::MutexLock lock(mutex_);
  return {sessions_.newest_first().begin(), sessions_.newest_first().end()};
}

std::size_t Space::count_sessions() const {
  const text::MutexLock lock(mutex_);
  return sessions_.newest_first().size();
}

vault::OAuthSettings Space::oauth() const {
  const text::MutexLock lock(mutex_);
  return oauth_;
}

vault::OAuthSettings Space::change_oauth(const nlohmann::json& changes) {
  if (sharing_) {
    sharing_->change([&] {
      auto wanted = sharing_->change_of(std::string(kOAuthKey));
      wanted.text = text::dump(vault::to_json(vault::changed(oauth(), changes)));
      return StoreChange{.values = {std::move(wanted)}};
    });
    return oauth();
  }
  const text::MutexLock lock(mutex_);
  put_oauth(vault::changed(oauth_, changes));
  return oauth_;
}

void Space::put_oauth(const vault::OAuthSettings& settings) {
  oauth_ = settings;
  oauth_is_set_ = oauth_ != first_oauth_;
}

Space::Measured::~Measured() {
  auto& account = space.account_;
  if (consumers.take_changes_of_connections() > 0) space.changes_.note(Change::connections);
  const auto forgotten = consumers.measure(account.share_of(Part::consumers));
  const bool notable = consumers.take_forgotten_with_connections() > 0 ||
                       consumers.oldest_first().size() < vault::Consumers::kMost;
  account.set_used(Part::consumers, consumers.transient_bytes());
  account.set_used(Part::connections, consumers.pinned_bytes());
  account.count_dropped(DropKind::consumers, forgotten, notable);
  account.count_dropped(DropKind::refused, consumers.take_refused());
}

// -----------------------------------------------------------------------------------------------------------

void Space::record(const Entry& entry) {
  if (sharing_)
    return sharing_->append(
        {.kind = StoreEntry::Kind::request, .text = write_entry(entry, account_.limit() / 8)});
  journal_.record(entry);
}

std::optional<RetryWatch::Retries> Space::note_failed(const RetryWatch::Failed& failed) {
  const text::MutexLock lock(mutex_);
  return retry_watch_.note(failed);
}

// In one step for whoever comes meanwhile: all locks are held.
void Space::reset(const ResetScope& scope) {
  if (sharing_) return sharing_->reset(scope);
  reset_memory(scope);
}

void Space::reset_memory(const ResetScope& scope) {
  AddedRules former;  // freed after the locks
  const text::MutexLock consumers_lock(consumers_mutex_);
  const text::MutexLock lock(mutex_);
  if (scope.sessions) {
    const Measured measured{consumers_, *this};
    consumers_.clear();
    sessions_.clear();
    charge_sessions(0, false);
  }
  if (scope.rules) {
    former = added_rules_.clear();
    set_rule_switches({});
    note_change_of_rules();
  }
  if (scope.counters) {
    rule_state_.forget_all();
    account_.set_used(Part::counters, 0);
  }
  if (scope.clock) put_clock(first_clock_);
  if (scope.oauth) put_oauth(first_oauth_);
  if (scope.journal) {
    journal_.clear();
    retry_watch_.forget_all();
  }
}

std::uint64_t Space::news() const {
  const auto counts = changes();
  return std::accumulate(counts.begin(), counts.end(), journal_.last_sequence() + journal_.clears());
}

bool Space::is_as_new() const {
  return !is_worth_keeping() && journal_.last_sequence() == 0 && journal_.dropped() == dropped_before_ &&
         account_.used(Part::sessions) + account_.used(Part::consumers) + account_.used(Part::counters) == 0;
}

void Space::evict_transient() {
  journal_.evict_all();
  if (sharing_) sharing_->mirror().forget_all(kConsumerKey);
  {
    const text::MutexLock lock(consumers_mutex_);
    const auto forgotten = consumers_.evict_transient();
    account_.set_used(Part::consumers, consumers_.transient_bytes());
    account_.count_dropped(DropKind::consumers, forgotten);
  }
  std::list<vault::Session> displaced;
  PreviousRuleBooks::Evicted gone;
  const text::MutexLock lock(mutex_);
  charge_sessions(sessions_.evict_all(account_.share_of(Part::sessions), displaced), true);
  gone = previous_rule_books_.clear();
  account_.set_used(Part::previous_rule_books, 0);
}

}  // namespace vault_mock::spaces
