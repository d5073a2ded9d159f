// How many answers had which status: in all, and since one of them.
//
// Values; not safe to share between threads: whoever owns one guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vault_mock::spaces {

// A few numbers, in the order in which the statuses were first met.
class StatusCounts {
 public:
  // Of answers whose status is no longer known.
  static constexpr int kUnknown = 0;
  struct Count {
    int status = kUnknown;
    std::uint64_t answers = 0;
  };

  void add(int status, std::uint64_t answers = 1);
  void add(const StatusCounts& other);
  // Takes answers away that were added before: of those with that status, or else of the unknown.
  void subtract(int status, std::uint64_t answers = 1);
  void subtract(const StatusCounts& other);

  const std::vector<Count>& counts() const { return counts_; }
  std::uint64_t all() const;

 private:
  std::vector<Count> counts_;
};

// The statuses of answers that are numbered 1, 2, … as they come.
class StatusHistory {
 public:
  // Of the last answers it also knows which of them had which status: as many changes from one status to
  // another as this, at least.
  explicit StatusHistory(std::size_t changes) : most_runs_(changes) {}

  // Counts the next answer. Where there is no memory, it throws and nothing has changed.
  void add(int status);
  // Counts so many answers whose status is not known. Likewise.
  void add_unknown(std::uint64_t answers);
  // Begins anew, with number 1.
  void restart();
  std::uint64_t last() const { return last_; }
  const StatusCounts& totals() const { return totals_; }
  // Of those numbered above `number`.
  StatusCounts after(std::uint64_t number) const;

 private:
  void make_room();

  struct Run {
    std::uint32_t answers = 0;
    std::uint32_t status = 0;
  };

  const std::size_t most_runs_;
  std::uint64_t last_ = 0;
  StatusCounts totals_;
  std::vector<Run> runs_;  // the newest last; up to twice as many as must be known
};

}  // namespace vault_mock::spaces
