#include "spaces/status_counts.hpp"

#include <algorithm>
#include <limits>

namespace vault_mock::spaces {

void StatusCounts::add(int status, std::uint64_t answers) {
  const auto known = std::ranges::find(counts_, status, &Count::status);
  if (known != counts_.end())
    known->answers += answers;
  else
    counts_.push_back({status, answers});
}

void StatusCounts::add(const StatusCounts& other) {
  for (const auto& [status, answers] : other.counts_) add(status, answers);
}

void StatusCounts::subtract(int status, std::uint64_t answers) {
  for (const int from : {status, kUnknown}) {
    const auto known = std::ranges::find(counts_, from, &Count::status);
    if (known == counts_.end()) continue;
    const auto taken = std::min(known->answers, answers);
    known->answers -= taken;
    answers -= taken;
  }
}

void StatusCounts::subtract(const StatusCounts& other) {
  for (const auto& [status, answers] : other.counts_) subtract(status, answers);
}

std::uint64_t StatusCounts::all() const {
  std::uint64_t sum = 0;
  for (const auto& count : counts_) sum += count.answers;
  return sum;
}

void StatusHistory::add(int status) {
  const auto value = static_cast<std::uint32_t>(status);
  if (!runs_.empty() && runs_.back().status == value &&
      runs_.back().answers < std::numeric_limits<std::uint32_t>::max()) {
    totals_.add(status);  // it is known: nothing is allocated
    ++runs_.back().answers;
  } else {
    make_room();
    runs_.push_back({1, value});
    try {
      totals_.add(status);
    } catch (...) {
      runs_.pop_back();
      throw;
    }
  }
  ++last_;
}

void StatusHistory::make_room() {
  if (runs_.size() == 2 * most_runs_)
    runs_.erase(runs_.begin(), runs_.begin() + static_cast<std::ptrdiff_t>(most_runs_));
}

void StatusHistory::add_unknown(std::uint64_t answers) {
  if (answers == 0) return;
  const bool is_run = answers <= std::numeric_limits<std::uint32_t>::max();
  if (is_run) {
    make_room();
    runs_.reserve(runs_.size() + 1);
  }
  totals_.add(StatusCounts::kUnknown, answers);
  if (is_run)
    runs_.push_back({static_cast<std::uint32_t>(answers), StatusCounts::kUnknown});
  else
    runs_.clear();  // what came before is not worth more: it is behind billions
  last_ += answers;
}

void StatusHistory::restart() {
  last_ = 0;
  totals_ = {};
  runs_.clear();
}

StatusCounts StatusHistory::after(std::uint64_t number) const {
  StatusCounts counts;
  auto left = last_ - std::min(last_, number);
  for (auto run = runs_.rbegin(); run != runs_.rend() && left > 0; ++run) {
    const auto answers = std::min<std::uint64_t>(run->answers, left);
    counts.add(static_cast<int>(run->status), answers);
    left -= answers;
  }
  if (left > 0) counts.add(StatusCounts::kUnknown, left);
  return counts;
}

}  // namespace vault_mock::spaces
