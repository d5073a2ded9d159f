// Changes of a shared space: how each is made from the memory, and put back where it is refused.
#include <algorithm>
#include <set>
#include <utility>

#include "spaces/shared_values.hpp"
#include "spaces/sharing.hpp"
#include "spaces/space.hpp"
#include "vault/stored.hpp"

namespace vault_mock::spaces {
namespace {

std::size_t bytes_of(const AddedRule& rule) { return rule.rule->bytes() + rule.id.size(); }

}  // namespace

// What the store took is taken over from it, as other replicas do. What a prefix removed is found by loading
// all.
void Sharing::take_over(const StoreChange& change, StoreVersion version) {
  {
    const text::MutexLock lock(taking_over_);
    for (const auto& value : change.values) {
      const StoredValue stored{.version = version, .text = value.text};
      take_over_if_new(value.key, stored);
    }
  }
  if (change.removed.empty()) return;
  mirror_.mark_all();
  load();
}

// Of rules for which there is no room in this replica the store never hears; others take them as they come.
RuleChangeResult Sharing::add_rule(const AddedRule& rule) {
  auto result = RuleChangeResult::done;
  change([&]() -> std::optional<StoreChange> {
    if (space_.find_rule(rule.id))
      result = RuleChangeResult::id_is_taken;
    else if (bytes_of(rule) > space_.account_.room())
      result = RuleChangeResult::no_room;
    if (result != RuleChangeResult::done) return std::nullopt;
    return StoreChange{
        .values = {{.key = rule_key(rule.id), .from = 0, .text = rule_text(0, rule.rule->source)}}};
  });
  if (result == RuleChangeResult::no_room) space_.account_.count_dropped(DropKind::refused, 1);
  return result;
}

// Another text makes it another rule, with counts of its own, but it stays on or off.
RuleChangeResult Sharing::replace_rule(const AddedRule& rule) {
  auto result = RuleChangeResult::done;
  std::optional<rules::RuleSwitch> former_switch;
  change([&]() -> std::optional<StoreChange> {
    auto text = change_of(rule_key(rule.id));
    const auto known = space_.find_rule(rule.id);
    result = RuleChangeResult::done;
    if (!known) {
      result = RuleChangeResult::no_such_id;
      return std::nullopt;
    }
    if (known->rule->source == rule.rule->source) return std::nullopt;
    const auto before = bytes_of(*known), after = bytes_of(rule);
    if (after > before && after - before > space_.account_.room()) {
      result = RuleChangeResult::no_room;
      return std::nullopt;
    }
    StoreChange wanted;
    text.text = rule_text(space_.serial_of(rule.id), rule.rule->source);
    wanted.values.push_back(std::move(text));
    const auto is_switched = space_.rule_status(*known->rule).rule_switch;
    former_switch.reset();
    if (is_switched != rules::RuleSwitch{}) {
      former_switch = is_switched;
      wanted.values.push_back(change_of(switch_key(known->rule->identity)));
    }
    return wanted;
  });
  if (former_switch)
    if (const auto now = space_.find_rule(rule.id)) space_.switch_rule(*now->rule, *former_switch);
  return result;
}

bool Sharing::remove_rule(std::string_view id) {
  bool is_known = false;
  change([&]() -> std::optional<StoreChange> {
    StoreChange wanted;
    wanted.values.push_back(change_of(rule_key(id)));
    const auto known = space_.find_rule(id);
    is_known = known.has_value();
    if (!known) return std::nullopt;
    auto of_switch = change_of(switch_key(known->rule->identity));
    if (of_switch.from > 0) wanted.values.push_back(std::move(of_switch));
    return wanted;
  });
  return is_known;
}

// Other replicas hear of it by values that say when it was.
//
// What was asked before it must not come in after it.
void Sharing::reset(const ResetScope& scope) {
  if (scope.journal || scope.counters || scope.sessions) flush();
  change([&] {
    StoreChange wanted{.counts = scope.counters, .journal = scope.journal, .sessions = scope.sessions};
    const auto remove = [&](bool is_wanted, std::string_view prefix) {
      if (is_wanted) wanted.removed.emplace_back(prefix);
    };
    remove(scope.rules, kRuleKey);
    remove(scope.rules, kSwitchKey);
    remove(scope.clock, kClockKey);
    remove(scope.oauth, kOAuthKey);
    remove(scope.sessions, kEndedKey);
    remove(scope.sessions, kConsumerKey);
    const auto tell = [&](bool is_wanted, std::string_view key) {
      if (!is_wanted) return;
      wanted.values.push_back(change_of(std::string(key)));
      wanted.values.back().text = "";
    };
    tell(scope.counters, kCountsClearedKey);
    tell(scope.sessions, kSessionsClearedKey);
    return wanted;
  });
  if (scope.journal) load_journal();
}

// The lock of the consumers is held: what the mirror says of them they have.
ConsumerUse Sharing::use_of(vault::Consumers::Watched watched) const {
  ConsumerUse use;
  const auto* known = watched.known;
  auto key = consumer_key(watched.application_id, watched.id);
  if (watched.is_changed()) {
    use.change = change_of(std::move(key));
    if (known != nullptr) use.change->text = vault::stored_text(*known);
  } else if (known != nullptr && !watched.before) {
    use.left.push_back(
        {.kind = StoreEntry::Kind::value, .key = std::move(key), .text = vault::stored_text(*known)});
  }
  if (known != nullptr)
    for (const auto& [day, requests] : known->vault_requests) {
      const auto before = watched.before && watched.before->vault_requests.contains(day)
                              ? watched.before->vault_requests.at(day)
                              : 0;
      for (auto i = before; i < requests; ++i)
        use.left.push_back({.kind = StoreEntry::Kind::consumer,
                            .key = requests_key(day, watched.application_id, watched.id),
                            .text = {}});
    }
  use.watched = std::move(watched);
  return use;
}

bool Sharing::share(std::vector<ConsumerUse> uses, int tries) {
  StoreChange wanted;
  for (auto& use : uses)
    if (use.change) wanted.values.push_back(*use.change);
  if (!wanted.values.empty()) {
    std::optional<StoreChanged> changed;
    try {
      if (tries >= kMostTries) throw StoreAwayError({"other replicas change the same all the time"});
      changed = try_change(wanted);
    } catch (...) {
      undo(std::move(uses));
      throw;
    }
    if (!changed) {
      undo(std::move(uses));
      load();
      return false;
    }
    take_over(wanted, changed->version);
  }
  for (auto& use : uses)
    for (auto& entry : use.left) append(std::move(entry));
  return true;
}

// The memory is as it was before the change. What others made of it meanwhile is loaded.
void Sharing::undo(std::vector<ConsumerUse> uses) {
  std::vector<std::string> keys;
  {
    const text::MutexLock lock(space_.consumers_mutex_);
    const Space::Measured measured{space_.consumers_, space_};
    for (auto& use : uses) {
      if (!use.change) continue;
      keys.push_back(use.change->key);
      space_.consumers_.undo(std::move(use.watched));
    }
  }
  for (const auto& key : keys) mirror_.forget(key);
  mirror_.mark(keys);
}

}  // namespace vault_mock::spaces
