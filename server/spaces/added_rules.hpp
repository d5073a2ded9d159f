// The rules that were added to a space at run time. The newest is asked first.
//
// Each has an id, which is unique at any one time, and an identity (Rule::identity), which no other rule ever
// gets: counts of one rule are never taken over by another, even when that has the same id and text.
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
enum class RuleChangeResult { done, id_is_taken, no_such_id, no_room };

class AddedRules {
 public:
  // `room`: how many bytes all of them together may grow by.
  RuleChangeResult add(AddedRule rule, std::size_t room);
  // Takes the place of the rule of that id. With the same text it keeps its counts, else they start again.
  RuleChangeResult replace(AddedRule rule, std::size_t room);
  // Takes over a rule, whose identity stays, from a store: behind those whose serials are lower, in the place of
  // the one of its id, whatever room there is.
  void put(AddedRule rule, std::uint64_t serial);
  bool remove(std::string_view id);  // false: there is no rule of that id
  // → the former rules, for the caller to free outside the lock
  AddedRules clear();

  bool has(std::string_view id) const { return by_id_.contains(std::string(id)); }
  std::optional<AddedRule> find(std::string_view id) const;
  std::uint64_t serial_of(std::string_view id) const;  // 0: there is no rule of that id
  std::vector<AddedRule> newest_first() const;
  std::size_t size() const { return rules_.size(); }
  std::size_t bytes() const { return bytes_; }

  // A book of these rules on top of that of the files. The older rules have a book of their own between the
  // two, which is made again only when many rules were added or one was removed: so adding thousands of
  // rules, with requests between them, does not index all of them each time.
  std::shared_ptr<const rules::RuleBook> book(const std::shared_ptr<const rules::RuleBook>& files);

 private:
  using Serial = std::uint64_t;
  using Rules = std::map<Serial, AddedRule>;  // oldest first

  Rules::iterator place_of(std::string_view id);
  std::shared_ptr<const rules::Rule> named_anew(const std::shared_ptr<const rules::Rule>& rule);
  rules::RuleList list(Rules::const_iterator begin, Rules::const_iterator end) const;  // newest first
  void drop_older_book_from(Serial serial);

  Rules rules_;
  std::unordered_map<std::string, Serial> by_id_;
  std::size_t bytes_ = 0;
  Serial last_serial_ = 0;
  std::uint64_t last_identity_ = 0;

  std::shared_ptr<const rules::RuleBook>
      older_book_;  // of the rules up to older_book_to_, on top of older_book_files_
  std::shared_ptr<const rules::RuleBook> older_book_files_;
  Serial older_book_to_ = 0;
};

}  // namespace vault_mock::spaces
