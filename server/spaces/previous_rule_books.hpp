// The rule books that a space used before its present one, at most 16, and bounded in bytes.
//
// A journal entry is explained by the book that its request met, but does not keep it alive; these do, for a
// while.
//
// Not safe to share between threads: the space that owns it guards it.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "rules/rule_book.hpp"

namespace vault_mock::spaces {

class PreviousRuleBooks {
 public:
  using Book = std::shared_ptr<const rules::RuleBook>;

  // Books that are kept no longer, for the caller to free outside the lock.
  using Evicted = std::vector<Book>;

  // `files`: the book of the files, on which many others build; its bytes are not counted.
  Evicted keep(Book old, const Book& files, std::size_t most_bytes);
  Evicted clear();
  std::size_t bytes() const { return bytes_; }

 private:
  struct Kept {
    Book book;
    std::size_t bytes;
  };
  std::deque<Kept> books_;  // oldest first
  std::size_t bytes_ = 0;
};

}  // namespace vault_mock::spaces
