#include "site/answer_counts.hpp"

#include <algorithm>

namespace vault_mock::site {
namespace {

// A status beyond those of HTTP counts as the nearest.
std::size_t index_of(int status) {
  return static_cast<std::size_t>(std::clamp(status, AnswerCounts::kLeastStatus, AnswerCounts::kMostStatus) -
                                  AnswerCounts::kLeastStatus);
}

}  // namespace

void AnswerCounts::count(engine::Kind kind, int status, std::chrono::nanoseconds took) {
  answers_[static_cast<std::size_t>(kind)][index_of(status)].fetch_add(1, kRelaxed);
  const auto* const bound = std::ranges::lower_bound(kBounds, took);
  groups_[static_cast<std::size_t>(bound - kBounds.begin())].fetch_add(1, kRelaxed);
  nanoseconds_.fetch_add(took.count(), kRelaxed);
}

void AnswerCounts::count_refused(int status) { refused_[index_of(status)].fetch_add(1, kRelaxed); }

std::uint64_t AnswerCounts::answers(engine::Kind kind, int status) const {
  return answers_[static_cast<std::size_t>(kind)][index_of(status)].load(kRelaxed);
}

std::uint64_t AnswerCounts::refused(int status) const { return refused_[index_of(status)].load(kRelaxed); }

}  // namespace vault_mock::site
