// The rules of a space: the part of Space that decides, and that changes them.
#include <algorithm>

#include "rules/answering/dice.hpp"
#include "spaces/shared_values.hpp"
#include "spaces/space.hpp"

namespace vault_mock::spaces {

rules::Decision Space::decide(const rules::RuleBook& book, const rules::RequestView& request,
                              rules::Phase phase, const rules::Dice& dice) {
  std::shared_ptr<const rules::RuleSwitches> switches;
  if (has_rule_switches_) {
    const text::MutexLock lock(mutex_);
    switches = rule_switches_;
  }
  const auto matching = rules::matching_rules(book, switches.get(), request, phase);
  if (matching.empty()) return {};
  auto choice = sharing_ ? sharing_->choose(book, switches.get(), request, dice, matching)
                         : choose(book, switches.get(), request, dice, matching);
  return rules::answered(std::move(choice), request, dice);
}

rules::Choice Space::choose(const rules::RuleBook& book, const rules::RuleSwitches* switches,
                            const rules::RequestView& request, const rules::Dice& dice,
                            std::span<const std::size_t> matching) {
  const text::MutexLock lock(mutex_);
  auto choice = rules::choose(book, switches, rule_state_, request, dice, matching);
  account_.count_dropped(DropKind::counters, rule_state_.shrink(account_.share_of(Part::counters)));
  account_.set_used(Part::counters, rule_state_.bytes());
  return choice;
}

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

std::uint64_t Space::serial_of(std::string_view rule_id) const {
  const text::MutexLock lock(mutex_);
  return added_rules_.serial_of(rule_id);
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
  if (sharing_) return sharing_->add_rule(rule);
  const text::MutexLock lock(mutex_);
  return noted(added_rules_.add(std::move(rule), account_.room()));
}

// Another text makes it another rule, with counts of its own, but it stays on or off.
RuleChangeResult Space::replace_rule(AddedRule rule) {
  if (sharing_) return sharing_->replace_rule(rule);
  const text::MutexLock lock(mutex_);
  const auto id = rule.id;
  const auto former = added_rules_.find(id);
  const auto result = noted(added_rules_.replace(std::move(rule), account_.room()));
  if (result != RuleChangeResult::done) return result;
  const auto before = former->rule->identity, after = added_rules_.find(id)->rule->identity;
  if (before == after || !rule_switches_->has(before)) return result;
  set_rule_switches(rule_switches_->with(before, {}).with(after, rule_switches_->of(before)));
  return result;
}

bool Space::remove_rule(std::string_view id) {
  if (sharing_) return sharing_->remove_rule(id);
  const text::MutexLock lock(mutex_);
  return remove_known_rule(id);
}

bool Space::remove_known_rule(std::string_view id) {
  const auto known = added_rules_.find(id);
  if (!known) return false;
  if (rule_switches_->has(known->rule->identity))
    set_rule_switches(rule_switches_->with(known->rule->identity, {}));
  added_rules_.remove(id);
  note_change_of_rules();
  return true;
}

RuleStatus Space::rule_status(const rules::Rule& rule) {
  const text::MutexLock lock(mutex_);
  RuleStatus status{
      .hits = rule_state_.hits(rule), .remaining = {}, .rule_switch = rule_switches_->of(rule.identity)};
  status.may_lack_hits = rule_state_.has_dropped_hits();
  if (rule.times && rule.per == rules::Per::space)
    status.remaining = *rule.times - std::min(*rule.times, rule_state_.count(rule, ""));
  return status;
}

bool Space::switch_rule(const rules::Rule& rule, const rules::RuleSwitch& value) {
  {
    const text::MutexLock lock(mutex_);
    if (rule_switches_->size() >= rules::RuleSwitches::kMost && !rule_switches_->has(rule.identity))
      return false;
  }
  if (sharing_) {
    sharing_->change([&] {
      auto wanted = sharing_->change_of(switch_key(rule.identity));
      if (value != rules::RuleSwitch{}) wanted.text = switch_text(value);
      return StoreChange{.values = {std::move(wanted)}};
    });
    return true;
  }
  const text::MutexLock lock(mutex_);
  set_rule_switches(rule_switches_->with(rule.identity, value));
  return true;
}

void Space::set_rule_switches(rules::RuleSwitches switches) {
  has_rule_switches_ = !switches.empty();
  rule_switches_ = std::make_shared<const rules::RuleSwitches>(std::move(switches));
  changes_.note(Change::rules);
}

}  // namespace vault_mock::spaces
