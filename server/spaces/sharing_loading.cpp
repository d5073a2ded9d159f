// How the memory of a shared space takes over what others have changed.
#include <list>
#include <set>
#include <utility>

#include "rules/language/rule_file.hpp"
#include "spaces/shared_values.hpp"
#include "spaces/sharing.hpp"
#include "spaces/space.hpp"
#include "text/json/json_document.hpp"
#include "text/number.hpp"
#include "vault/stored.hpp"

namespace vault_mock::spaces {
namespace {

constexpr ResetScope kAll{
    .rules = true, .counters = true, .journal = true, .clock = true, .sessions = true, .oauth = true};

// Whoever follows a journal at present.
struct Following {
  std::atomic_flag& flag;
  ~Following() { flag.clear(); }
};

// Values that clear something go before those that came after.
bool clears(std::string_view key) { return key == kCountsClearedKey || key == kSessionsClearedKey; }

}  // namespace

// A load that began after the request has all that was changed before it.
bool Sharing::load() {
  constexpr int kTries = 3;  // the second one is for a space that was removed and made again meanwhile
  for (int tries = 0; tries < kTries; ++tries) {
    if (!store().is_fresh()) mirror_.mark_all();
    const auto wanted = mirror_.wanted();
    if (!wanted.all && wanted.keys.empty()) return true;
    const auto snapshot = store().load(space_.name(), wanted.keys);
    if (!snapshot) return false;
    if (take_over(*snapshot, wanted)) return true;
  }
  return true;
}

// False: all must be loaded.
bool Sharing::take_over(const StoreSnapshot& snapshot, const Mirror::Wanted& wanted) {
  const text::MutexLock lock(taking_over_);
  if (mirror_.begins_anew(snapshot, wanted)) {
    space_.reset_memory(kAll);
    space_.put_seed(std::nullopt);
    space_.journal_.restart();
    if (!wanted.all) {
      mirror_.mark_all();
      return false;
    }
  }
  std::set<std::string_view> present;
  for (const bool clearing : {true, false})
    for (const auto& [key, value] : snapshot.values) {
      if (clears(key) != clearing) continue;
      present.insert(key);
      auto stored = value;
      if (!stored.text) stored.version = std::max(stored.version, snapshot.version);
      if (!take_over_if_new(key, stored)) continue;
      if (key == kSessionsClearedKey && !wanted.all) {  // what came after it was cleared, too
        mirror_.mark_all();
        return false;
      }
    }
  if (wanted.all)
    for (const auto& key : mirror_.missing_in(present)) {
      const StoredValue none{.version = snapshot.version, .text = std::nullopt};
      take_over_if_new(key, none);
    }
  mirror_.loaded(wanted);
  return true;
}

// The memory first: whoever reads a version, and then the memory, finds that version there or a newer one.
bool Sharing::take_over_if_new(std::string_view key, const StoredValue& value) {
  if (!mirror_.is_new(key, value)) return false;
  take_over(key, value);
  mirror_.took_over(key, value);
  return true;
}

void Sharing::take_over(std::string_view key, const StoredValue& value) {
  if (const auto id = rest_of(key, kRuleKey)) return take_over_rule(*id, value);
  if (key.starts_with(kConsumerKey)) return take_over_consumer(key, value);
  if (const auto identity = rest_of(key, kSwitchKey)) {
    const auto number = text::whole_number<std::uint64_t>(*identity);
    const auto stored = value.text ? read_switch_text(*value.text) : std::nullopt;
    if (!number) return;
    const text::MutexLock lock(space_.mutex_);
    return space_.set_rule_switches(
        space_.rule_switches_->with(*number, stored.value_or(rules::RuleSwitch{})));
  }
  if (key.starts_with(kEndedKey)) {
    auto session = value.text ? vault::read_stored_session(*value.text) : std::nullopt;
    if (session && session->ended) space_.end_known_session(*session, *session->ended);
    return;
  }
  if (key == kSeedKey)
    return space_.put_seed(value.text ? text::whole_number<std::uint64_t>(*value.text) : std::nullopt);
  if (key == kCountsClearedKey) return space_.reset_memory({.counters = true});
  if (key == kSessionsClearedKey) {
    mirror_.forget_all(kConsumerKey);
    mirror_.forget_all(kEndedKey);
    return space_.reset_memory({.sessions = true});
  }
  if (key == kClockKey) {
    const auto clock = value.text ? read_clock_text(*value.text) : std::nullopt;
    const text::MutexLock lock(space_.mutex_);
    return space_.put_clock(clock.value_or(space_.first_clock_));
  }
  if (key == kOAuthKey) {
    const auto document = text::read_json(value.text.value_or("null"));
    const text::MutexLock lock(space_.mutex_);
    space_.put_oauth(document ? vault::changed(space_.first_oauth_, document->value) : space_.first_oauth_);
  }
}

// Its version is its identity: no other rule of the space ever has it.
void Sharing::take_over_rule(std::string_view id, const StoredValue& value) {
  std::shared_ptr<rules::Rule> rule;
  auto serial = value.version;
  if (const auto stored = value.text ? read_rule_text(*value.text) : std::nullopt) {
    if (stored->serial > 0) serial = stored->serial;
    if (auto read = rules::rule_from_text(stored->source, "rule-" + std::string(id), *settings_.names)) {
      rule = std::make_shared<rules::Rule>(*read->rule);
      rule->identity = value.version;
    }
  }
  const text::MutexLock lock(space_.mutex_);
  if (rule)
    space_.added_rules_.put({.id = std::string(id), .rule = std::move(rule)}, serial);
  else
    space_.added_rules_.remove(id);
  space_.note_change_of_rules();
}

void Sharing::take_over_consumer(std::string_view key, const StoredValue& value) {
  auto consumer = value.text ? vault::read_stored_consumer(*value.text) : std::nullopt;
  const auto names = read_consumer_key(key);
  if (!names) return;
  const text::MutexLock lock(space_.consumers_mutex_);
  const Space::Measured measured{space_.consumers_, space_};
  if (consumer)
    space_.consumers_.put(*std::move(consumer));
  else
    space_.consumers_.erase(names->first, names->second);
}

void Sharing::catch_up() {
  mirror_.mark_all();
  load();
  load_counts();
  load_sessions();
  load_requests_of_consumers();
  load_journal();
}

void Sharing::load_journal() {
  constexpr std::size_t kPart = 256;
  auto& journal = space_.journal_;
  for (;;) {
    const auto generation = mirror_.generation();
    const auto after = journal.mirrored_to();
    const auto part = store().journal(space_.name(), after, kPart);
    if (!part) throw StoreAwayError(part.error());
    const text::MutexLock lock(taking_over_);
    if (mirror_.generation() != generation) continue;  // that was another journal
    journal.mirror(after, *part, {.explanation = settings_.read_explanation, .book = space_.rules()});
    // A part may have fewer than it was asked for: it is bounded by bytes, too.
    const auto reached = journal.mirrored_to();
    if (part->entries.empty() || reached == after || reached >= part->last) return;
  }
}

void Sharing::follow_journal() {
  if (is_following_.test_and_set()) return;
  const Following following{is_following_};
  refresh();
  load_journal();
}

void Sharing::load_counts() {
  const auto counts = store().counts(space_.name());
  if (!counts) throw StoreAwayError(counts.error());
  const text::MutexLock lock(space_.mutex_);
  for (const auto& [key, text] : *counts) {
    const auto space = text.find(' ');
    const auto count = text::whole_number<std::uint64_t>(std::string_view(text).substr(0, space));
    if (!count) continue;
    const auto rest = space == text.npos ? std::string_view() : std::string_view(text).substr(space + 1);
    if (const auto identity = rest_of(key, "h"))
      space_.rule_state_.put_hits(
          text::whole_number<std::uint64_t>(*identity).value_or(0), *count,
          Time(std::chrono::milliseconds(text::whole_number<std::int64_t>(rest).value_or(0))));
    else
      space_.rule_state_.put_count(key, *count);
  }
}

// In their order: the newest is added last.
void Sharing::load_sessions() {
  const auto sessions = store().sessions(space_.name());
  if (!sessions) throw StoreAwayError(sessions.error());
  std::list<vault::Session> displaced;  // freed after the lock
  const text::MutexLock lock(space_.mutex_);
  for (const auto& text : *sessions)
    if (auto session = vault::read_stored_session(text))
      space_.sessions_.add(*session, space_.account_.share_of(Part::sessions), displaced);
  space_.account_.set_used(Part::sessions, space_.sessions_.bytes());
}

void Sharing::load_requests_of_consumers() {
  const auto counts = store().consumer_counts(space_.name());
  if (!counts) throw StoreAwayError(counts.error());
  const text::MutexLock lock(space_.consumers_mutex_);
  const Space::Measured measured{space_.consumers_, space_};
  space_.consumers_.sort();
  for (const auto& [key, text] : *counts) {
    const auto names = read_requests_key(key);
    const auto count = text::whole_number<std::uint64_t>(text);
    if (!names || !count) continue;
    if (auto* consumer = space_.consumers_.find(names->application_id, names->id))
      consumer->vault_requests[names->day] = *count;
  }
}

}  // namespace vault_mock::spaces
