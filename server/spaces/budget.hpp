// How much memory is used by what is kept: one Ledger for the whole program, one Account for each space.
//
//   1. Every container that a client can fill charges the account of its space, which charges the ledger;
//   what
//      the registry knows of spaces that are gone charges the ledger itself. Sizes are what a container
//      holds, its nodes included; what malloc adds to that is not counted.
//   2. Some of it passes: journal, sessions, consumers without connections, counts of rules. At its bound
//      the oldest goes, and is counted here.
//   3. The rest is held: rules added at run time, and connections. A client may not lose those, so at their
//      bound the request that would add more is refused. Two bounds in numbers go before that, and each is
//      counted and told in the log: of more than 10,000 consumers that all have connections the oldest goes,
//      and of too many spaces a whole one.
//   4. Each part has a share of the space's limit (share_of); the journal takes whatever the others leave.
//      Of the program's limit, what is held may take a half: the other half can always be freed.
//
// Threads: everything here may be called by any; numbers are atomic and relaxed, there is no lock. A sum read
// while others charge may be a moment old, so bounds are overstepped by at most what runs at the same time.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace vault_mock::spaces {

// itself: what an empty space takes. old_books: rules that were replaced and that journal entries still
// explain themselves by.
enum class Part : std::uint8_t {
  itself,
  journal,
  old_books,
  sessions,
  consumers,
  counters,
  connections,
  rules
};
constexpr std::size_t kParts = 8;
std::string_view to_string(Part part);
constexpr bool is_held(Part part) { return part == Part::connections || part == Part::rules; }

// What had to go, or was refused, to stay within the bounds.
enum class Loss : std::uint8_t {
  requests,  // of a journal, by number or by bytes
  sessions,
  consumers,
  counters,           // of rules: their sequences start anew
  spaces,             // whole ones, for their number
  refused,            // rules and connections that were not taken
  spaces_for_memory,  // whole ones, too
};
constexpr std::size_t kLosses = 7;
std::string_view to_string(Loss loss);

struct MemoryLimits {
  std::size_t space = 16 * 1024 * 1024;
  std::size_t program = 128 * 1024 * 1024;
};

using Losses = std::array<std::atomic<std::uint64_t>, kLosses>;

class Ledger {
 public:
  explicit Ledger(MemoryLimits limits) : limits_(limits) {}

  const MemoryLimits& limits() const { return limits_; }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t held() const { return held_.load(std::memory_order_relaxed); }
  std::uint64_t lost(Loss loss) const {
    return losses_[static_cast<std::size_t>(loss)].load(std::memory_order_relaxed);
  }

  // Whether the program has more than it may.
  bool is_over() const { return used() > limits_.program; }
  // What may be added to what is held.
  std::size_t room() const;

  void charge(Part part, std::ptrdiff_t bytes);
  // `notable`: worth a line of the log. What passes and goes for a bound in numbers is not.
  void add_loss(Loss loss, std::uint64_t count, bool notable = true);

  // Whether there were notable losses since take_news(), and of which kinds.
  bool has_news() const { return news_.load(std::memory_order_relaxed) != 0; }
  unsigned take_news() { return news_.exchange(0, std::memory_order_relaxed); }  // bits by Loss

 private:
  const MemoryLimits limits_;
  std::atomic<std::size_t> used_ = 0, held_ = 0;
  std::atomic<unsigned> news_ = 0;
  Losses losses_{};
};

class Account {
 public:
  explicit Account(std::shared_ptr<Ledger> ledger);
  // What it still has is given back to the ledger.
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  Ledger& ledger() { return *ledger_; }
  std::size_t limit() const { return limit_; }
  // The most that a part may take; connections and rules share one.
  std::size_t share_of(Part part) const;

  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t used(Part part) const {
    return parts_[static_cast<std::size_t>(part)].load(std::memory_order_relaxed);
  }
  std::uint64_t lost(Loss loss) const {
    return losses_[static_cast<std::size_t>(loss)].load(std::memory_order_relaxed);
  }

  bool is_over() const { return used() > limit_; }
  // What may be added to what is held, here and in the whole program.
  std::size_t room() const;

  // More, or less where `bytes` is negative.
  void charge(Part part, std::ptrdiff_t bytes);
  // Brings a part, which nobody else charges meanwhile, to that many bytes.
  void settle(Part part, std::size_t bytes);
  void add_loss(Loss loss, std::uint64_t count, bool notable = true);

 private:
  const std::shared_ptr<Ledger> ledger_;
  const std::size_t limit_;
  std::atomic<std::size_t> used_ = 0;
  std::array<std::atomic<std::size_t>, kParts> parts_{};
  Losses losses_{};
};

}  // namespace vault_mock::spaces
