// What the rules of one call may cost in all: the patterns and schemas that they try.
//
// Each search and each judgement is bounded by itself (text/regex.hpp, contract/schema/schema_judge.hpp), but
// a book may hold thousands. Whoever answers a call makes a WorkBudget for it; what the thread then spends is
// taken from it, and when it is used up, further searches and judgements are undecided at once. It counts
// work, not time, so the same call ends the same way on every machine. Without a budget there is no such
// bound.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace vault_mock::text {

class WorkBudget {
 public:
  // In nanoseconds, about, on a slow machine. Until it ends, it takes the place of one that is there already.
  explicit WorkBudget(std::uint64_t work) : left_(work), outer_(std::exchange(current_, this)) {}
  ~WorkBudget() { current_ = outer_; }
  WorkBudget(const WorkBudget&) = delete;
  WorkBudget& operator=(const WorkBudget&) = delete;

  // Of this thread's budget.
  static std::uint64_t left() {
    return current_ == nullptr ? std::numeric_limits<std::uint64_t>::max() : current_->left_;
  }
  static void spend(std::uint64_t work) {
    if (current_ != nullptr) current_->left_ -= std::min(work, current_->left_);
  }

 private:
  std::uint64_t left_;
  WorkBudget* const outer_;
  static inline thread_local WorkBudget* current_ = nullptr;  // NOLINT: a member like any other
};

}  // namespace vault_mock::text
