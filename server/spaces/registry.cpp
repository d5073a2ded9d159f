#include "spaces/registry.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kMostLost = 100'000;
constexpr std::size_t kLostBytes = 64;  // a name in lost_ and in lost_names_, about
constexpr std::uint64_t kLongerOfHolding = 4;

Beginning with_ledger(Beginning beginning, const std::shared_ptr<Ledger>& ledger) {
  beginning.ledger = ledger;
  return beginning;
}

std::uint64_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

}  // namespace

Registry::Registry(Beginning beginning, std::size_t most_spaces)
    : ledger_(beginning.ledger ? beginning.ledger : std::make_shared<Ledger>(MemoryLimits())),
      most_spaces_(most_spaces),
      beginning_(with_ledger(std::move(beginning), ledger_)),
      default_(std::make_shared<Space>(std::string(kDefaultSpace), beginning_)) {}

std::shared_ptr<Space> Registry::get(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  std::shared_ptr<Space> dropped;
  const text::MutexLock lock(mutex_);
  auto known = named_.find(name);
  if (known == named_.end()) {
    if (named_.size() >= most_spaces_) dropped = drop_one(Loss::spaces);
    auto space = std::make_shared<Space>(std::string(name), beginning_, lost_of(name));
    const auto place = empty_.insert(empty_.end(), {std::move(space), 0, false});
    known = named_.emplace(place->space->name(), place).first;
  }
  return use(known->second);
}

std::shared_ptr<Space> Registry::find(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  const text::MutexLock lock(mutex_);
  const auto known = named_.find(name);
  return known == named_.end() ? nullptr : use(known->second);
}

std::shared_ptr<Space> Registry::passing(std::string_view name) const {
  Beginning beginning;
  std::uint64_t lost = 0;
  {
    const text::MutexLock lock(mutex_);
    beginning = beginning_;
    lost = lost_of(name);
  }
  return std::make_shared<Space>(std::string(name), std::move(beginning), lost);
}

std::shared_ptr<Space> Registry::use(Used::iterator known) {
  auto& from = known->holds ? holding_ : empty_;
  known->holds = known->space->holds();
  auto& to = known->holds ? holding_ : empty_;
  to.splice(to.end(), from, known);
  known->last_used = ++uses_;
  return known->space;
}

Registry::Used::iterator Registry::first_free(Used& used) {
  return std::ranges::find_if(used, [](const Known& known) { return known.space.use_count() == 1; });
}

// It has at most `most_spaces_` to look at, and nearly always only the first of each list.
std::shared_ptr<Space> Registry::drop_one(Loss cause) {
  auto empty = first_free(empty_);
  // Those that got something to hold after they were last looked for.
  for (; empty != empty_.end() && empty->space->holds(); empty = first_free(empty_)) {
    empty->holds = true;
    const auto later = [&](const Known& known) { return known.last_used > empty->last_used; };
    holding_.splice(std::ranges::find_if(holding_, later), empty_, empty);
  }
  const auto holding = first_free(holding_);
  if (empty == empty_.end() && holding == holding_.end()) return nullptr;
  const bool is_empty_older =
      holding == holding_.end() ||
      (empty != empty_.end() && uses_ - empty->last_used >= (uses_ - holding->last_used) / kLongerOfHolding);
  auto& from = is_empty_older ? empty_ : holding_;
  const auto dropped = is_empty_older ? empty : holding;
  auto space = std::move(dropped->space);
  remember_lost(space->name(), space->count_entries());
  named_.erase(space->name());
  from.erase(dropped);
  ledger_->add_loss(cause, 1);
  return space;
}

void Registry::remember_lost(std::string_view name, std::uint64_t lost) {
  const auto hash = hash_of(name);
  if (const auto known = lost_.find(hash); known != lost_.end()) known->second = lost;
  if (lost == 0 || !lost_.try_emplace(hash, lost).second) return;
  lost_names_.push_back(hash);
  ledger_->charge(Part::itself, kLostBytes);
  const auto most = std::min(kMostLost, ledger_->limits().program / 32 / kLostBytes);
  for (; lost_names_.size() > most; lost_names_.pop_front()) {
    lost_.erase(lost_names_.front());
    ledger_->charge(Part::itself, -static_cast<std::ptrdiff_t>(kLostBytes));
  }
}

std::uint64_t Registry::lost_of(std::string_view name) const {
  if (lost_.empty()) return 0;
  const auto lost = lost_.find(hash_of(name));
  return lost == lost_.end() ? 0 : lost->second;
}

std::vector<std::shared_ptr<Space>> Registry::named() const {
  const text::MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Space>> spaces;
  spaces.reserve(named_.size());
  for (const auto& [name, known] : named_) spaces.push_back(known->space);
  return spaces;
}

bool Registry::remove(std::string_view name) {
  std::shared_ptr<Space> removed;  // freed after the lock
  const text::MutexLock lock(mutex_);
  remember_lost(name, 0);
  const auto known = named_.find(name);
  if (known == named_.end()) return false;
  removed = known->second->space;
  auto& from = known->second->holds ? holding_ : empty_;
  from.erase(known->second);
  named_.erase(known);
  return true;
}

void Registry::set_rules(const std::shared_ptr<const rules::RuleBook>& rules) {
  const text::MutexLock setting(setting_mutex_);
  std::vector<std::shared_ptr<Space>> spaces = {default_};
  auto former = rules;  // like what spaces give up, freed without the lock of the spaces
  {
    const text::MutexLock lock(mutex_);
    beginning_.rules.swap(former);
    for (const auto& [name, known] : named_) spaces.push_back(known->space);
  }
  for (const auto& space : spaces) space->set_file_rules(rules);
}

std::shared_ptr<const rules::RuleBook> Registry::rules() const {
  const text::MutexLock lock(mutex_);
  return beginning_.rules;
}

std::vector<std::shared_ptr<Space>> Registry::by_use() const {
  std::vector<std::pair<std::uint64_t, std::shared_ptr<Space>>> all;
  {
    const text::MutexLock lock(mutex_);
    for (const auto& [name, known] : named_) all.emplace_back(known->last_used, known->space);
  }
  std::ranges::sort(all, {}, [](const auto& one) { return one.first; });
  std::vector<std::shared_ptr<Space>> spaces;
  for (auto& [last_used, space] : all) spaces.push_back(std::move(space));
  spaces.push_back(default_);
  return spaces;
}

}  // namespace vault_mock::spaces
