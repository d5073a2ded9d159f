#include "spaces/added_rules.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::spaces {
namespace {

std::size_t bytes_of(const AddedRule& added) {
  constexpr std::size_t kNodes = 160;  // of the two maps
  return added.rule->bytes() + sizeof added + 2 * added.id.size() + kNodes;
}

}  // namespace

RuleChangeResult AddedRules::add(AddedRule rule, std::size_t room) {
  if (by_id_.contains(rule.id)) return RuleChangeResult::id_is_taken;
  const auto bytes = bytes_of(rule);
  if (bytes > room) return RuleChangeResult::no_room;
  rule.rule = named_anew(rule.rule);
  bytes_ += bytes;
  by_id_.emplace(rule.id, ++last_serial_);
  rules_.emplace_hint(rules_.end(), last_serial_, std::move(rule));
  return RuleChangeResult::done;
}

RuleChangeResult AddedRules::replace(AddedRule rule, std::size_t room) {
  const auto place = place_of(rule.id);
  if (place == rules_.end()) return RuleChangeResult::no_such_id;
  auto& known = place->second;
  const auto before = bytes_of(known);
  const auto after = bytes_of(rule);
  if (after > before && after - before > room) return RuleChangeResult::no_room;
  if (rule.rule->source == known.rule->source) return RuleChangeResult::done;
  rule.rule = named_anew(rule.rule);
  bytes_ += after - before;
  known = std::move(rule);
  drop_older_book_from(place->first);
  return RuleChangeResult::done;
}

void AddedRules::put(AddedRule rule, std::uint64_t serial) {
  remove(rule.id);
  drop_older_book_from(serial);
  bytes_ += bytes_of(rule);
  by_id_.emplace(rule.id, serial);
  rules_.emplace(serial, std::move(rule));
  last_serial_ = std::max(last_serial_, serial);
}

bool AddedRules::remove(std::string_view id) {
  const auto place = place_of(id);
  if (place == rules_.end()) return false;
  bytes_ -= bytes_of(place->second);
  drop_older_book_from(place->first);
  by_id_.erase(place->second.id);
  rules_.erase(place);
  return true;
}

// Serials and identities go on: what comes later is not what was there.
AddedRules AddedRules::clear() {
  auto former = std::exchange(*this, {});
  last_serial_ = former.last_serial_;
  last_identity_ = former.last_identity_;
  return former;
}

std::optional<AddedRule> AddedRules::find(std::string_view id) const {
  const auto known = by_id_.find(std::string(id));
  return known == by_id_.end() ? std::nullopt : std::optional(rules_.at(known->second));
}

std::uint64_t AddedRules::serial_of(std::string_view id) const {
  const auto known = by_id_.find(std::string(id));
  return known == by_id_.end() ? 0 : known->second;
}

std::vector<AddedRule> AddedRules::newest_first() const {
  std::vector<AddedRule> all;
  all.reserve(rules_.size());
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) all.push_back(rule->second);
  return all;
}

std::shared_ptr<const rules::RuleBook> AddedRules::book(const std::shared_ptr<const rules::RuleBook>& files) {
  constexpr std::size_t kFew = 32;
  if (rules_.empty()) return files;
  if (older_book_files_ != files) drop_older_book_from(0);
  auto lately = rules_.upper_bound(older_book_to_);
  const auto count = static_cast<std::size_t>(std::distance(lately, rules_.end()));
  if (count > kFew && count > (rules_.size() - count) / 8) {
    older_book_ = std::make_shared<const rules::RuleBook>(list(rules_.begin(), rules_.end()), files);
    older_book_files_ = files;
    older_book_to_ = rules_.rbegin()->first;
    lately = rules_.end();
  }
  const auto& below = older_book_ ? older_book_ : files;
  if (lately == rules_.end()) return below;
  return std::make_shared<const rules::RuleBook>(list(lately, rules_.end()), below);
}

AddedRules::Rules::iterator AddedRules::place_of(std::string_view id) {
  const auto known = by_id_.find(std::string(id));
  return known == by_id_.end() ? rules_.end() : rules_.find(known->second);
}

std::shared_ptr<const rules::Rule> AddedRules::named_anew(const std::shared_ptr<const rules::Rule>& rule) {
  auto own = std::make_shared<rules::Rule>(*rule);
  own->identity = ++last_identity_;
  return own;
}

rules::RuleList AddedRules::list(Rules::const_iterator begin, Rules::const_iterator end) const {
  rules::RuleList list;
  while (end != begin) list.push_back((--end)->second.rule);
  return list;
}

void AddedRules::drop_older_book_from(Serial serial) {
  if (serial > older_book_to_) return;
  older_book_ = nullptr;
  older_book_files_ = nullptr;
  older_book_to_ = 0;
}

}  // namespace vault_mock::spaces
