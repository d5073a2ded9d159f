#include "spaces/registry.hpp"

#include <algorithm>

namespace vault_mock::spaces {

Registry::Registry(Beginning beginning)
    : default_(std::make_shared<Space>(std::string(kDefaultSpace), beginning)),
      beginning_(std::move(beginning)) {}

std::shared_ptr<Space> Registry::get(std::string_view name) {
  if (name == kDefaultSpace) return default_;
  const MutexLock lock(mutex_);
  if (const auto known = named_.find(name); known != named_.end()) return known->second;
  return named_.emplace(name, std::make_shared<Space>(std::string(name), beginning_)).first->second;
}

void Registry::set_rules(const std::shared_ptr<const rules::RuleBook>& rules) {
  default_->set_rules(rules);
  const MutexLock lock(mutex_);
  beginning_.rules = rules;
  for (const auto& [name, space] : named_) space->set_rules(rules);
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
