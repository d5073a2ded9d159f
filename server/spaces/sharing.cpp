#include "spaces/sharing.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "spaces/shared_choice.hpp"
#include "spaces/shared_values.hpp"
#include "spaces/space.hpp"

namespace vault_mock::spaces {
namespace {

// What a request has done so far, by the spaces that it concerns: mostly one.
struct RequestWork {
  std::map<std::string, StoreVersion, std::less<>> changes;  // the last version that it has made
  std::map<std::string, std::vector<StoreEntry>, std::less<>> left;
};
thread_local RequestWork work_of_request;

}  // namespace

ValueChange Sharing::change_of(std::string key) const {
  const auto from = mirror_.version_of(key);
  return {.key = std::move(key), .from = from, .text = std::nullopt};
}

// Where another replica was faster, what it changed is marked as stale.
std::optional<StoreChanged> Sharing::try_change(const StoreChange& change) {
  const auto changed = store().change(space_.name(), change);
  if (!changed) throw StoreAwayError(changed.error());
  if (!changed->is_conflict) {
    note_change(space_.name(), changed->version);
    return *changed;
  }
  std::vector<std::string> keys;
  for (const auto& value : change.values) keys.push_back(value.key);
  mirror_.mark(keys);
  return std::nullopt;
}

void Sharing::change(const std::function<std::optional<StoreChange>()>& make) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const auto wanted = make();
    if (!wanted) return;
    if (const auto changed = try_change(*wanted)) return take_over(*wanted, changed->version);
    load();
  }
  throw StoreAwayError({"other replicas change the same all the time"});
}

std::vector<std::string> Sharing::flush() const {
  auto late = store().flush();
  if (!late) throw StoreAwayError(late.error());
  return *std::move(late);
}

void Sharing::append(StoreEntry entry) const {
  work_of_request.left[space_.name()].push_back(std::move(entry));
}

rules::Choice Sharing::choose(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                              const rules::RequestView& request, const rules::Dice& dice,
                              std::span<const std::size_t> matching) {
  auto question = choice_question(book, switches, request, dice, matching);
  rules::Choice choice;
  if (question.candidates.empty()) {
    choice = std::move(question.choice);
  } else if (const auto taken = store().take(space_.name(), question.candidates)) {
    choice = choice_of(std::move(question), *taken, book, dice);
    remember(choice, request);
  } else if (settings_.without_store == WithoutStore::refuses) {
    throw StoreAwayError(taken.error());
  } else {
    choice = space_.choose(book, switches, request, dice, matching);
    choice.is_by_own_count = true;
  }
  if (choice.rule != nullptr)
    append({.kind = StoreEntry::Kind::count,
            .key = hits_key(choice.rule->identity),
            .text = std::to_string(request.now.time_since_epoch().count())});
  return choice;
}

// So that a replica goes on from there while the store is away.
void Sharing::remember(const rules::Choice& choice, const rules::RequestView& request) {
  if (choice.rule == nullptr) return;
  const auto& rule = *choice.rule;
  const text::MutexLock lock(space_.mutex_);
  auto& state = space_.rule_state_;
  if (rule.counts) state.put_count(rules::count_key(rule, request.consumer_id), choice.count);
  for (const auto& change : rule.sets) state.set_state(rule, request.consumer_id, change);
  auto& account = space_.account_;
  account.count_dropped(DropKind::counters, state.shrink(account.share_of(Part::counters)));
  account.set_used(Part::counters, state.bytes());
}

void begin_request() {
  work_of_request.changes.clear();
  work_of_request.left.clear();
}

void note_change(std::string_view space, StoreVersion version) {
  auto& noted = work_of_request.changes[std::string(space)];
  noted = std::max(noted, version);
}

std::vector<std::string> settle_changes(Store& store) {
  std::vector<std::string> late;
  for (const auto& [space, version] : std::exchange(work_of_request.changes, {}))
    for (auto& name : store.settle(space, version))
      if (std::ranges::find(late, name) == late.end()) late.push_back(std::move(name));
  return late;
}

void leave_entries(Store& store) {
  for (auto& [space, entries] : std::exchange(work_of_request.left, {}))
    store.append(space, std::move(entries));
}

}  // namespace vault_mock::spaces
