#include "spaces/space.hpp"

#include <list>

#include "rules/answering/dice.hpp"
#include "vault/jwt.hpp"

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
      account_(defaults.ledger ? std::move(defaults.ledger) : std::make_shared<Ledger>(MemoryLimits())),
      journal_(defaults.journal, account_, dropped_before, std::move(defaults.feed)),
      seed_(seed_of(name_, defaults.seed)),
      clock_(defaults.clock),
      oauth_(defaults.oauth),
      file_rules_(defaults.rules),
      rules_(std::move(defaults.rules)) {
  account_.charge(Part::itself, static_cast<std::ptrdiff_t>(sizeof *this + name_.size() + secret_.size()));
}

Space::Moment Space::begin(Time wall) {
  const text::MutexLock lock(mutex_);
  return {clock_.now(wall), generator_of_next()};
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
Generator Space::generator_of_next() { return Generator(Generator(seed_ + ++requests_).next()); }

std::uint64_t Space::seed() const {
  const text::MutexLock lock(mutex_);
  return seed_;
}

void Space::set_seed(std::uint64_t seed) {
  const text::MutexLock lock(mutex_);
  seed_ = seed;
  requests_ = 0;
  seed_is_set_ = true;
}

rules::Decision Space::decide(const rules::RuleBook& book, const rules::RequestView& request,
                              rules::Phase phase, const rules::Dice& dice) {
  const auto matching = rules::matching_rules(book, request, phase);
  if (matching.empty()) return {};
  return rules::answered(choose(book, request, dice, matching), request, dice);
}

rules::Choice Space::choose(const rules::RuleBook& book, const rules::RequestView& request,
                            const rules::Dice& dice, std::span<const std::size_t> matching) {
  const text::MutexLock lock(mutex_);
  auto choice = rules::choose(book, rule_state_, request, dice, matching);
  account_.count_dropped(DropKind::counters, rule_state_.shrink(account_.share_of(Part::counters)));
  account_.set_used(Part::counters, rule_state_.bytes());
  return choice;
}

// Rules
// -----------------------------------------------------------------------------------------------------------

std::shared_ptr<const rules::RuleBook> Space::rules() {
  PreviousRuleBooks::Evicted gone;  // freed after the lock
  const text::MutexLock lock(mutex_);
  if (rules_) return rules_;
  rules_ = added_rules_.book(file_rules_);
  if (last_rules_ != rules_) {
    gone = previous_rule_books_.keep(std::move(last_rules_), file_rules_,
                                     account_.share_of(Part::previous_rule_books));
    account_.set_used(Part::previous_rule_books, previous_rule_books_.bytes());
  }
  last_rules_ = nullptr;
  return rules_;
}

// Of the books on top of the files' former book only the last is kept on.
void Space::set_file_rules(std::shared_ptr<const rules::RuleBook> rules) {
  PreviousRuleBooks::Evicted
      gone;  // freed after the lock, like the former book of the files, which is left in `rules`
  const text::MutexLock lock(mutex_);
  if (rules == file_rules_) return;
  gone = previous_rule_books_.clear();
  account_.set_used(Part::previous_rule_books, 0);
  if (rules_) last_rules_ = std::move(rules_);
  rules_ = nullptr;
  file_rules_.swap(rules);
  changes_.note(Change::rules);
}

std::shared_ptr<const rules::RuleBook> Space::file_rules() const {
  const text::MutexLock lock(mutex_);
  return file_rules_;
}

std::vector<AddedRule> Space::added_rules() const {
  const text::MutexLock lock(mutex_);
  return added_rules_.newest_first();
}

std::optional<AddedRule> Space::find_rule(std::string_view id) const {
  const text::MutexLock lock(mutex_);
  return added_rules_.find(id);
}

std::size_t Space::count_rules() const {
  const text::MutexLock lock(mutex_);
  return added_rules_.size();
}

std::string Space::new_rule_id() {
  const text::MutexLock lock(mutex_);
  std::string id;
  do {
    auto generator = generator_of_next();
    id = rules::throw_uuid([&generator] { return generator.next_fraction(); }).substr(0, 8);
  } while (added_rules_.has(id));
  return id;
}

RuleChangeResult Space::noted(RuleChangeResult result) {
  if (result == RuleChangeResult::done) note_change_of_rules();
  if (result == RuleChangeResult::no_room) account_.count_dropped(DropKind::refused, 1);
  return result;
}

// The book is made when it is next asked for.
void Space::note_change_of_rules() {
  changes_.note(Change::rules);
  account_.set_used(Part::rules, added_rules_.bytes());
  if (rules_) last_rules_ = std::move(rules_);
  rules_ = nullptr;
}

RuleChangeResult Space::add_rule(AddedRule rule) {
  const text::MutexLock lock(mutex_);
  return noted(added_rules_.add(std::move(rule), account_.room()));
}

RuleChangeResult Space::replace_rule(AddedRule rule) {
  const text::MutexLock lock(mutex_);
  return noted(added_rules_.replace(std::move(rule), account_.room()));
}

bool Space::remove_rule(std::string_view id) {
  const text::MutexLock lock(mutex_);
  if (!added_rules_.remove(id)) return false;
  note_change_of_rules();
  return true;
}

// Sessions and consumers
// -----------------------------------------------------------------------------------------------------------

void Space::add_session(vault::Session session) {
  std::list<vault::Session> displaced;  // freed after the lock
  const text::MutexLock lock(mutex_);
  const auto forgotten = sessions_.add(session, account_.share_of(Part::sessions), displaced);
  charge_sessions(forgotten, !displaced.empty());
}

void Space::revoke_session(vault::Session session) {
  std::list<vault::Session> displaced;
  const text::MutexLock lock(mutex_);
  const auto forgotten = sessions_.revoke(session, account_.share_of(Part::sessions), displaced);
  charge_sessions(forgotten, !displaced.empty());
}

void Space::charge_sessions(std::size_t forgotten, bool by_bytes) {
  changes_.note(Change::sessions);
  account_.set_used(Part::sessions, sessions_.bytes());
  account_.count_dropped(DropKind::sessions, forgotten, by_bytes);
}

bool Space::is_revoked(std::string_view token) const {
  const text::MutexLock lock(mutex_);
  return sessions_.is_revoked(token);
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
  const text::MutexLock lock(mutex_);
  oauth_ = vault::changed(oauth_, changes);
  oauth_is_set_ = oauth_ != first_oauth_;
  return oauth_;
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

// In one step for whoever comes meanwhile: all locks are held.
void Space::reset(const ResetScope& scope) {
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
    note_change_of_rules();
  }
  if (scope.counters) {
    rule_state_.forget_all();
    account_.set_used(Part::counters, 0);
  }
  if (scope.clock) {
    clock_ = first_clock_;
    changes_.note(Change::clock);
    clock_is_moved_ = false;
  }
  if (scope.oauth) {
    oauth_ = first_oauth_;
    oauth_is_set_ = false;
  }
  if (scope.journal) journal_.clear();
}

void Space::evict_transient() {
  journal_.evict_all();
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
