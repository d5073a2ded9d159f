#include "spaces/space.hpp"

#include <algorithm>

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

Space::Space(std::string name, Beginning beginning)
    : name_(std::move(name)),
      secret_(name_ == kDefaultSpace ? beginning.secret : vault::hmac_sha256(beginning.secret, name_)),
      first_clock_(beginning.clock),
      journal_(beginning.journal),
      seed_(seed_of(name_, beginning.seed)),
      clock_(beginning.clock),
      file_rules_(beginning.rules),
      rules_(std::move(beginning.rules)) {}

Space::Moment Space::begin(Time wall) {
  const MutexLock lock(mutex_);
  return {clock_.now(wall), generator_of_next()};
}

Time Space::now(Time wall) const {
  const MutexLock lock(mutex_);
  return clock_.now(wall);
}

Clock Space::clock() const {
  const MutexLock lock(mutex_);
  return clock_;
}

void Space::set_clock(const Clock& clock) {
  const MutexLock lock(mutex_);
  clock_ = clock;
}

Generator Space::next_generator() {
  const MutexLock lock(mutex_);
  return generator_of_next();
}

// Mixed, so that neighbouring requests do not walk the same sequence one step apart.
Generator Space::generator_of_next() { return Generator(Generator(seed_ + ++requests_).next()); }

std::uint64_t Space::seed() const {
  const MutexLock lock(mutex_);
  return seed_;
}

void Space::set_seed(std::uint64_t seed) {
  const MutexLock lock(mutex_);
  seed_ = seed;
  requests_ = 0;
}

rules::Decision Space::decide(const rules::RuleBook& book, const rules::Subject& subject, rules::Phase phase,
                              const rules::Dice& dice) {
  const auto first = rules::first_that_may_match(book, subject, phase);
  if (!first) return {};
  const MutexLock lock(mutex_);
  return rules::decide(book, rule_state_, subject, phase, dice, *first);
}

std::shared_ptr<const rules::RuleBook> Space::rules() const {
  const MutexLock lock(mutex_);
  return rules_;
}

void Space::set_file_rules(std::shared_ptr<const rules::RuleBook> rules) {
  const MutexLock lock(mutex_);
  file_rules_ = std::move(rules);
  rebuild_rules();
}

std::vector<AddedRule> Space::added_rules() const {
  const MutexLock lock(mutex_);
  return added_rules_;
}

void Space::add_rule(AddedRule rule) {
  const MutexLock lock(mutex_);
  added_rules_.insert(added_rules_.begin(), std::move(rule));
  rebuild_rules();
}

bool Space::replace_rule(const AddedRule& rule) {
  const MutexLock lock(mutex_);
  const auto found = std::ranges::find(added_rules_, rule.id, &AddedRule::id);
  if (found == added_rules_.end()) return false;
  *found = rule;
  rebuild_rules();
  return true;
}

bool Space::remove_rule(std::string_view id) {
  const MutexLock lock(mutex_);
  if (std::erase_if(added_rules_, [&](const AddedRule& rule) { return rule.id == id; }) == 0) return false;
  rebuild_rules();
  return true;
}

void Space::rebuild_rules() {
  rules::RuleList list;
  for (const auto& added : added_rules_) list.push_back(added.rule);
  rules_ = list.empty() ? file_rules_ : std::make_shared<const rules::RuleBook>(std::move(list), file_rules_);
}

void Space::add_session(vault::Session session) {
  const MutexLock lock(mutex_);
  sessions_.add(session);
}

bool Space::is_revoked(std::string_view token) const {
  const MutexLock lock(mutex_);
  return sessions_.is_revoked(token);
}

std::optional<vault::Session> Space::find_session(std::string_view token) const {
  const MutexLock lock(mutex_);
  const auto* session = sessions_.find(token);
  return session ? std::optional(*session) : std::nullopt;
}

std::vector<vault::Session> Space::sessions() const {
  const MutexLock lock(mutex_);
  return {sessions_.newest_first().begin(), sessions_.newest_first().end()};
}

void Space::reset(const ResetScope& scope) {
  if (scope.journal) journal_.clear();
  if (scope.sessions) use_consumers([](vault::Consumers& consumers) { consumers.clear(); });
  const MutexLock lock(mutex_);
  if (scope.rules) {
    added_rules_.clear();
    rebuild_rules();
  }
  if (scope.counters) rule_state_.forget_all();
  if (scope.clock) clock_ = first_clock_;
  if (scope.sessions) sessions_.clear();
}

}  // namespace vault_mock::spaces
