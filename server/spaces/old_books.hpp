// The books of rules that a space used before its present one. Journal entries explain themselves by the book
// that was asked, and do not keep it: this does, for a while. Bounded: the last 16, and in bytes.
//
// Not safe to share between threads: the space that owns it guards it.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "rules/rule_book.hpp"

namespace vault_mock::spaces {

class OldBooks {
 public:
  using Book = std::shared_ptr<const rules::RuleBook>;

  // What had to go, for the caller to free outside the lock.
  using Gone = std::vector<Book>;

  // `files`: the book of the files, which lies below many; it is not counted.
  Gone keep(Book old, const Book& files, std::size_t most_bytes);
  Gone clear();
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
