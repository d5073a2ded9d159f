// How many answers there were since the program started, by status and by what decided, and how long they
// took.
//
// Threads: any thread may call. Counting is an atomic addition or two; numbers that are read while others
// count may be a moment apart.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "engine/trace.hpp"

namespace vault_mock::site {

class AnswerCounts {
 public:
  static constexpr int kLeastStatus = 100, kMostStatus = 599;
  static constexpr std::size_t kStatuses = kMostStatus - kLeastStatus + 1;
  // The upper bounds of the groups by time; the last group is of all that took longer.
  static constexpr auto kBounds = std::to_array<std::chrono::microseconds>(
      {std::chrono::microseconds(10), std::chrono::microseconds(25), std::chrono::microseconds(50),
       std::chrono::microseconds(100), std::chrono::microseconds(250), std::chrono::microseconds(500),
       std::chrono::microseconds(1'000), std::chrono::microseconds(2'500), std::chrono::microseconds(5'000),
       std::chrono::microseconds(10'000), std::chrono::microseconds(100'000),
       std::chrono::microseconds(1'000'000)});

  // `took`: from the whole request to its answer, without what a rule or Prefer delays it by.
  void count(engine::Kind kind, int status, std::chrono::nanoseconds took);
  // A request that could not be read, and is in no journal.
  void count_refused(int status);

  std::uint64_t answers(engine::Kind kind, int status) const;
  std::uint64_t refused(int status) const;
  std::uint64_t answers_in_group(std::size_t group) const { return groups_[group].load(kRelaxed); }
  std::chrono::nanoseconds time() const { return std::chrono::nanoseconds(nanoseconds_.load(kRelaxed)); }

 private:
  static constexpr auto kRelaxed = std::memory_order_relaxed;
  using ByStatus = std::array<std::atomic<std::uint64_t>, kStatuses>;

  std::array<ByStatus, engine::kKinds> answers_{};
  ByStatus refused_{};
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> groups_{};
  std::atomic<std::int64_t> nanoseconds_{0};
};

}  // namespace vault_mock::site
