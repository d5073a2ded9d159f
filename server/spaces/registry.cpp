#include "spaces/registry.hpp"

#include <algorithm>

namespace vault_mock::spaces {

Registry::Registry(Beginning beginning, std::size_t most_spaces)
    : default_(std::make_shared<Space>(std::string(kDefaultSpace), beginning)),
      most_spaces_(most_spaces),
      beginning_(std::move(beginning)) {}

std::shared_ptr<Space> Registry::get(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  const MutexLock lock(mutex_);
  auto known = named_.find(name);
  if (known == named_.end()) {
    if (named_.size() >= most_spaces_) drop_longest_unused();
    known = named_.emplace(name, std::make_shared<Space>(std::string(name), beginning_)).first;
  }
  known->second->last_used = ++uses_;
  return known->second;
}

void Registry::drop_longest_unused() {
  auto oldest = named_.end();
  for (auto space = named_.begin(); space != named_.end(); ++space) {
    const bool is_free = space->second.use_count() == 1;
    if (is_free && (oldest == named_.end() || space->second->last_used < oldest->second->last_used))
      oldest = space;
  }
  if (oldest != named_.end()) named_.erase(oldest);
}

std::vector<std::shared_ptr<Space>> Registry::named() const {
  const MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Space>> spaces;
  for (const auto& [name, space] : named_) spaces.push_back(space);
  return spaces;
}

bool Registry::remove(std::string_view name) {
  const MutexLock lock(mutex_);
  const auto known = named_.find(name);
  if (known == named_.end()) return false;
  named_.erase(known);
  return true;
}

void Registry::set_rules(const std::shared_ptr<const rules::RuleBook>& rules) {
  default_->set_file_rules(rules);
  const MutexLock lock(mutex_);
  beginning_.rules = rules;
  for (const auto& [name, space] : named_) space->set_file_rules(rules);
}

std::shared_ptr<const rules::RuleBook> Registry::rules() const {
  const MutexLock lock(mutex_);
  return beginning_.rules;
}

bool is_space_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == ':';
  };
  return !name.empty() && name.size() <= 100 && std::ranges::all_of(name, allowed);
}

}  // namespace vault_mock::spaces
