// The rules that were added to a space at run time. The newest comes first.
//
// Each has an id, which no other has at the same time, and an identity, which no other ever has: what the
// space counts for a rule is never taken over by another, whatever their ids and texts.
//
// Not safe to share between threads: the space that owns it guards it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/rule.hpp"
#include "rules/rule_book.hpp"

namespace vault_mock::spaces {

struct AddedRule {
  std::string id;
  std::shared_ptr<const rules::Rule> rule;
};

// What became of a rule that was to be added or to replace another.
enum class Adding { done, id_is_taken, no_such_id, no_room };

class AddedRules {
 public:
  // `room`: by so many bytes they may grow.
  Adding add(AddedRule rule, std::size_t room);
  // In the place of the rule of that id. With the same text it goes on counting, with another it starts anew.
  Adding replace(AddedRule rule, std::size_t room);
  bool remove(std::string_view id);  // false: there is none of that id
  // → what was there, for the caller to free outside the lock
  AddedRules clear();

  bool has(std::string_view id) const { return by_id_.contains(std::string(id)); }
  std::optional<AddedRule> find(std::string_view id) const;
  std::vector<AddedRule> newest_first() const;
  std::size_t size() const { return rules_.size(); }
  std::size_t bytes() const { return bytes_; }

  // The book of these on top of the files'. It is made of two: one of the rules that were added lately, and
  // below it one of those that were there before, which is made anew only when many have come or one has
  // gone. So rules may come by the thousand, with requests between them.
  std::shared_ptr<const rules::RuleBook> book(const std::shared_ptr<const rules::RuleBook>& files);

 private:
  using Serial = std::uint64_t;
  using Rules = std::map<Serial, AddedRule>;  // oldest first

  Rules::iterator place_of(std::string_view id);
  std::shared_ptr<const rules::Rule> named_anew(const std::shared_ptr<const rules::Rule>& rule);
  rules::RuleList list(Rules::const_iterator begin, Rules::const_iterator end) const;  // newest first
  void forget_settled_from(Serial serial);

  Rules rules_;
  std::unordered_map<std::string, Serial> by_id_;
  std::size_t bytes_ = 0;
  Serial last_serial_ = 0;
  std::uint64_t last_identity_ = 0;

  std::shared_ptr<const rules::RuleBook>
      settled_;  // of the rules up to settled_to_, on top of settled_files_
  std::shared_ptr<const rules::RuleBook> settled_files_;
  Serial settled_to_ = 0;
};

}  // namespace vault_mock::spaces
