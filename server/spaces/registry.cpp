#include "spaces/registry.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kMostDroppedNames = 100'000;
constexpr std::size_t kDroppedNameBytes = 64;  // a name in dropped_requests_ and in dropped_names_, about
constexpr std::uint64_t kWorthKeepingCountsAs = 4;

SpaceDefaults shared_by_all(SpaceDefaults defaults, const std::shared_ptr<Ledger>& ledger,
                            const std::shared_ptr<Feed>& feed) {
  defaults.ledger = ledger;
  defaults.feed = feed;
  return defaults;
}

std::uint64_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

}  // namespace

Registry::Registry(SpaceDefaults defaults, std::size_t most_spaces)
    : sharing_(defaults.sharing),
      ledger_(defaults.ledger ? defaults.ledger : std::make_shared<Ledger>(MemoryLimits())),
      feed_(std::make_shared<Feed>()),
      most_spaces_(most_spaces),
      defaults_(shared_by_all(std::move(defaults), ledger_, feed_)),
      default_(std::make_shared<Space>(std::string(kDefaultSpace), defaults_)) {}

std::shared_ptr<Space> Registry::get(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  std::shared_ptr<Space> dropped;
  const text::MutexLock lock(mutex_);
  if (!named_.contains(name))
    dropped = insert(std::make_shared<Space>(std::string(name), defaults_, dropped_requests_of(name)));
  return use(named_.find(name)->second);
}

std::shared_ptr<Space> Registry::insert(std::shared_ptr<Space> space) {
  auto dropped = named_.size() >= most_spaces_ ? drop_one(DropKind::spaces) : nullptr;
  const auto place = disposable_.insert(disposable_.end(), {std::move(space), 0, false});
  named_.emplace(place->space->name(), place);
  ++turnover_;
  return dropped;
}

std::shared_ptr<Space> Registry::find(std::string_view name) {
  if (auto known = find_known(name)) return known;
  if (!sharing_) return nullptr;
  const auto stored = sharing_->store->load(name, {});
  return stored && stored->version > 0 ? get(name) : nullptr;
}

std::shared_ptr<Space> Registry::find_known(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  const text::MutexLock lock(mutex_);
  const auto known = named_.find(name);
  return known == named_.end() ? nullptr : use(known->second);
}

std::shared_ptr<Space> Registry::passing_space(std::string_view name) const {
  SpaceDefaults defaults;
  std::uint64_t dropped = 0;
  {
    const text::MutexLock lock(mutex_);
    defaults = defaults_;
    dropped = dropped_requests_of(name);
  }
  return std::make_shared<Space>(std::string(name), std::move(defaults), dropped);
}

// The rules of the files may have changed since it was made.
bool Registry::keep(std::shared_ptr<Space> space) {
  std::shared_ptr<Space> dropped;
  const text::MutexLock setting(setting_mutex_);
  space->set_file_rules(rules());
  const text::MutexLock lock(mutex_);
  if (space->name() == kDefaultSpace || named_.contains(space->name())) return false;
  const std::string_view name = space->name();
  // Nobody has told it what others changed meanwhile.
  if (space->sharing() != nullptr) space->sharing()->mirror().mark_all();
  dropped = insert(std::move(space));
  use(named_.find(name)->second);
  return true;
}

std::shared_ptr<Space> Registry::use(Used::iterator known) {
  auto& from = known->worth_keeping ? worth_keeping_ : disposable_;
  known->worth_keeping = known->space->is_worth_keeping();
  auto& to = known->worth_keeping ? worth_keeping_ : disposable_;
  to.splice(to.end(), from, known);
  known->last_used = ++uses_;
  return known->space;
}

Registry::Used::iterator Registry::first_free(Used& used) {
  return std::ranges::find_if(used, [](const Known& known) { return known.space.use_count() == 1; });
}

// It has at most `most_spaces_` to look at, and nearly always only the first of each list.
std::shared_ptr<Space> Registry::drop_one(DropKind cause) {
  auto disposable = first_free(disposable_);
  // Those that got something to hold after they were last looked for.
  for (; disposable != disposable_.end() && disposable->space->is_worth_keeping();
       disposable = first_free(disposable_)) {
    disposable->worth_keeping = true;
    const auto later = [&](const Known& known) { return known.last_used > disposable->last_used; };
    worth_keeping_.splice(std::ranges::find_if(worth_keeping_, later), disposable_, disposable);
  }
  const auto kept = first_free(worth_keeping_);
  if (disposable == disposable_.end() && kept == worth_keeping_.end()) return nullptr;
  const bool is_disposable_older =
      kept == worth_keeping_.end() ||
      (disposable != disposable_.end() &&
       uses_ - disposable->last_used >= (uses_ - kept->last_used) / kWorthKeepingCountsAs);
  auto& from = is_disposable_older ? disposable_ : worth_keeping_;
  const auto dropped = is_disposable_older ? disposable : kept;
  auto space = std::move(dropped->space);
  remember_dropped_requests(space->name(), space->count_entries());
  named_.erase(space->name());
  from.erase(dropped);
  ++turnover_;
  ledger_->count_dropped(cause, 1);
  return space;
}

void Registry::remember_dropped_requests(std::string_view name, std::uint64_t dropped) {
  const auto hash = hash_of(name);
  if (const auto known = dropped_requests_.find(hash); known != dropped_requests_.end())
    known->second = dropped;
  if (dropped == 0 || !dropped_requests_.try_emplace(hash, dropped).second) return;
  dropped_names_.push_back(hash);
  ledger_->charge(Part::itself, kDroppedNameBytes);
  const auto most = std::min(kMostDroppedNames, ledger_->limits().program / 32 / kDroppedNameBytes);
  for (; dropped_names_.size() > most; dropped_names_.pop_front()) {
    dropped_requests_.erase(dropped_names_.front());
    ledger_->charge(Part::itself, -static_cast<std::ptrdiff_t>(kDroppedNameBytes));
  }
}

std::uint64_t Registry::dropped_requests_of(std::string_view name) const {
  if (dropped_requests_.empty()) return 0;
  const auto dropped = dropped_requests_.find(hash_of(name));
  return dropped == dropped_requests_.end() ? 0 : dropped->second;
}

std::vector<std::shared_ptr<Space>> Registry::all() const {
  const text::MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Space>> spaces;
  spaces.reserve(named_.size() + 1);
  spaces.push_back(default_);
  for (const auto& [name, known] : named_) spaces.push_back(known->space);
  return spaces;
}

bool Registry::remove(std::string_view name) {
  if (!sharing_) return drop(name);
  // What was asked before does not come into the space that is made next.
  default_->sharing()->flush();
  const auto removed = sharing_->store->remove(name);
  if (!removed) throw StoreAwayError(removed.error());
  note_change(name, *removed);
  drop(name);
  return true;
}

bool Registry::drop(std::string_view name) {
  std::shared_ptr<Space> removed;  // freed after the lock
  const text::MutexLock lock(mutex_);
  remember_dropped_requests(name, 0);
  const auto known = named_.find(name);
  if (known == named_.end()) return false;
  removed = known->second->space;
  auto& from = known->second->worth_keeping ? worth_keeping_ : disposable_;
  from.erase(known->second);
  named_.erase(known);
  ++turnover_;
  return true;
}

void Registry::set_rules(const std::shared_ptr<const rules::RuleBook>& rules) {
  const text::MutexLock setting(setting_mutex_);
  std::vector<std::shared_ptr<Space>> spaces = {default_};
  auto former = rules;  // like what spaces give up, freed without the lock of the spaces
  {
    const text::MutexLock lock(mutex_);
    defaults_.rules.swap(former);
    for (const auto& [name, known] : named_) spaces.push_back(known->space);
  }
  for (const auto& space : spaces) space->set_file_rules(rules);
}

void Registry::tell_of_rules() {
  for (const auto& space : all()) space->tell_of_rules();
}

std::shared_ptr<const rules::RuleBook> Registry::rules() const {
  const text::MutexLock lock(mutex_);
  return defaults_.rules;
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
