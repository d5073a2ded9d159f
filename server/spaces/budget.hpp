// How much memory the spaces may use: one Ledger for the whole program, one Account for each space.
//
// Every container that a client can fill charges its bytes to the account of its space, which charges the
// ledger. Sizes are in bytes and include the nodes of a container, but not what malloc adds.
//
//   - Transient parts (journal, sessions, consumers without connections, counts of rules) are evicted at
//     their bound, the oldest first, and what was dropped is counted here.
//   - Pinned parts (rules added at run time, connections) are never evicted for memory: a request that would
//     add more than there is room for is refused. They do go with their space when there are too many spaces,
//     and the oldest of more than 10,000 consumers goes even when it has connections. Both are counted and
//     logged.
//   - Each part may take a share of the space's limit (share_of); the journal takes what the others leave.
//     Pinned parts of all spaces may take half of the program's limit, so that half can always be freed.
//
// Threads: any thread may call everything here. Numbers are atomic and relaxed, there is no lock. A sum that
// is read while others charge may be a moment old, so bounds are overstepped by at most what runs at the same
// time.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace vault_mock::spaces {

// itself: what an empty space takes. previous_rule_books: rules that were replaced, and by which journal
// entries are still explained.
enum class Part : std::uint8_t {
  itself,
  journal,
  previous_rule_books,
  sessions,
  consumers,
  counters,
  connections,
  rules
};
constexpr std::size_t kParts = 8;
std::string_view to_string(Part part);
constexpr bool is_pinned(Part part) { return part == Part::connections || part == Part::rules; }

// What was dropped, or refused, to stay within the bounds.
enum class DropKind : std::uint8_t {
  requests,  // of a journal, for its number or its bytes
  sessions,
  consumers,
  counters,           // of rules: their sequences start again
  spaces,             // whole spaces, because there were too many
  refused,            // rules and connections for which there was no room
  spaces_for_memory,  // whole spaces, because all together took too much memory
};
constexpr std::size_t kDropKinds = 7;
std::string_view to_string(DropKind kind);

struct MemoryLimits {
  std::size_t space = std::size_t{16} << 20;
  std::size_t program = std::size_t{128} << 20;
};

using DropCounts = std::array<std::atomic<std::uint64_t>, kDropKinds>;

class Ledger {
 public:
  explicit Ledger(MemoryLimits limits) : limits_(limits) {}

  const MemoryLimits& limits() const { return limits_; }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t pinned() const { return pinned_.load(std::memory_order_relaxed); }
  std::uint64_t dropped(DropKind kind) const {
    return dropped_[static_cast<std::size_t>(kind)].load(std::memory_order_relaxed);
  }

  // Whether all spaces together are above the program's limit.
  bool is_over() const { return used() > limits_.program; }
  // How many bytes may be added to pinned parts.
  std::size_t room() const;

  void charge(Part part, std::ptrdiff_t bytes);
  // `notable`: worth a line of the log. Transient entries that are dropped for a bound in numbers are not.
  void count_dropped(DropKind kind, std::uint64_t count, bool notable = true);

  // Whether something notable was dropped since take_unreported_drops().
  bool has_unreported_drops() const { return unreported_.load(std::memory_order_relaxed) != 0; }
  unsigned take_unreported_drops() {
    return unreported_.exchange(0, std::memory_order_relaxed);
  }  // a bit for each DropKind

 private:
  const MemoryLimits limits_;
  std::atomic<std::size_t> used_ = 0, pinned_ = 0;
  std::atomic<unsigned> unreported_ = 0;
  DropCounts dropped_{};
};

class Account {
 public:
  explicit Account(std::shared_ptr<Ledger> ledger);
  // Gives back to the ledger what is still charged.
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  Ledger& ledger() { return *ledger_; }
  std::size_t limit() const { return limit_; }
  // The most that a part may take, in bytes; connections and rules share one.
  std::size_t share_of(Part part) const;

  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t used(Part part) const {
    return parts_[static_cast<std::size_t>(part)].load(std::memory_order_relaxed);
  }
  std::uint64_t dropped(DropKind kind) const {
    return dropped_[static_cast<std::size_t>(kind)].load(std::memory_order_relaxed);
  }

  bool is_over() const { return used() > limit_; }
  // How many bytes may be added to pinned parts, by the bounds of this space and of the program.
  std::size_t room() const;

  // Adds to a part, or takes away where `bytes` is negative.
  void charge(Part part, std::ptrdiff_t bytes);
  // Sets a part to that many bytes. Nobody else may charge it meanwhile.
  void set_used(Part part, std::size_t bytes);
  void count_dropped(DropKind kind, std::uint64_t count, bool notable = true);

 private:
  const std::shared_ptr<Ledger> ledger_;
  const std::size_t limit_;
  std::atomic<std::size_t> used_ = 0;
  std::array<std::atomic<std::size_t>, kParts> parts_{};
  DropCounts dropped_{};
};

}  // namespace vault_mock::spaces
