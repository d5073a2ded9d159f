#include "spaces/previous_rule_books.hpp"

namespace vault_mock::spaces {

// Books that share a part are counted as if each had its own: what they would take at most.
PreviousRuleBooks::Evicted PreviousRuleBooks::keep(Book old, const Book& files, std::size_t most_bytes) {
  constexpr std::size_t kMost = 16;
  Evicted gone;
  if (old == nullptr || old == files) return gone;
  std::size_t bytes = sizeof *old;
  for (const auto* book = old.get(); book != nullptr && book != files.get(); book = book->base())
    bytes += book->own_bytes();
  bytes_ += bytes;
  books_.push_back({std::move(old), bytes});
  while (!books_.empty() && (books_.size() > kMost || bytes_ > most_bytes)) {
    bytes_ -= books_.front().bytes;
    gone.push_back(std::move(books_.front().book));
    books_.pop_front();
  }
  return gone;
}

PreviousRuleBooks::Evicted PreviousRuleBooks::clear() {
  Evicted gone;
  for (auto& kept : books_) gone.push_back(std::move(kept.book));
  books_.clear();
  bytes_ = 0;
  return gone;
}

}  // namespace vault_mock::spaces
